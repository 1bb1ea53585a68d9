using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BillingPortal.Tests.Setup.Stripe;

/// <summary>
/// Stripe as its public documentation describes it, over a real socket: forms in, JSON out, a secret key, a version, idempotency keys, errors, a hosted page
/// for cards, signed webhooks. It holds only what the portal uses, and refuses what the documentation refuses, so that a portal that works against it
/// speaks as Stripe wants. Point the portal at it with <see cref="Settings"/>.
/// </summary>
/// <remarks>
/// Type a card with <see cref="StripeAccount.Complete"/> (or in a browser, on the page that a setup leads to); look at <see cref="Requests"/> and
/// <see cref="StripeAccount.Payments"/>; break the wire once with <see cref="Break"/>; let Stripe forget its keys with <see cref="ForgetKeys"/>;
/// make a webhook with <see cref="Webhooks"/>.
/// </remarks>
internal sealed class StripeServer : IAsyncDisposable
{
    public const string SecretKey = "sk_test_wire_4eC39HqLyjWDarjtT1zdp7dc", WebhookSecret = "whsec_wire_8d1c5b0e";
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Kept> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<StripeFault> _faults = new();
    private readonly ConcurrentQueue<StripeRequest> _requests = new();

    private StripeServer(WebApplication app) => _app = app;

    /// <summary>What the account holds.</summary>
    public StripeAccount Account { get; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>Everything it was asked, oldest first.</summary>
    public IReadOnlyList<StripeRequest> Requests => [.. _requests];

    /// <summary>Its webhooks.</summary>
    public StripeWebhooks Webhooks => new(Account, WebhookSecret);

    /// <summary>The portal's settings that lead here.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Payments:Provider"] = "stripe", ["Payments:Stripe:SecretKey"] = SecretKey, ["Payments:Stripe:WebhookSecret"] = WebhookSecret,
        ["Payments:Stripe:BaseUrl"] = Address.ToString(), ["Payments:Stripe:TimeoutSeconds"] = "30",
    };

    public static async Task<StripeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new StripeServer(app);
        app.Use(server.ReceiveAsync);
        app.MapPost("/v1/checkout/sessions", (HttpContext context) => server.AnswerAsync(context, form => form.GetValueOrDefault("mode") == "setup"
            ? (200, server.Account.AddSession(form, server.Address))
            : Failure(400, "invalid_request_error", "parameter_missing", "Missing required param: mode.")));
        app.MapGet("/v1/checkout/sessions/{id}", (string id) => server.Found(id, "checkout.session"));
        app.MapPost("/v1/payment_intents", (HttpContext context) => server.ChargeAsync(context));
        app.MapGet("/v1/payment_intents/{id}", (string id) => server.Found(id, "payment_intent"));
        app.MapGet("/v1/payment_intents", (string customer) => Results.Json(new JsonObject
        {
            ["object"] = "list", ["has_more"] = false,
            ["data"] = new JsonArray([.. server.Account.Payments.Where(payment => StripeAccount.Text(payment, "customer") == customer)]),
        }));
        app.MapPost("/v1/payment_intents/{id}/cancel", (string id, HttpContext context) => server.AnswerAsync(context, _ => server.Cancel(id)));
        app.MapGet("/v1/payment_methods/{id}", (string id) => server.Found(id, "payment_method"));
        app.MapPost("/v1/payment_methods/{id}/detach", (string id, HttpContext context) => server.AnswerAsync(context, _ => server.Detach(id)));
        StripeRefunds.Map(app, server);
        StripeCustomers.Map(app, server);
        StripeHostedPage.Map(app, server.Account);
        await app.StartAsync();
        return server;
    }

    /// <summary>The next charge meets this fault.</summary>
    public void Break(StripeFault fault) => _faults.Enqueue(fault);

    /// <summary>A day has passed: keys mean nothing any more.</summary>
    public void ForgetKeys() => _keys.Clear();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>An error as Stripe prints it.</summary>
    public static (int Status, JsonObject Body) Failure(int status, string type, string? code, string message) =>
        (status, new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = message } });

    /// <summary>Notes the request; turns away whoever lacks key or version. The hosted page is for people.</summary>
    private async Task ReceiveAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.EnableBuffering();
        using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync();
        context.Request.Body.Position = 0;
        var headers = context.Request.Headers;
        if (context.Request.Path.StartsWithSegments("/c"))
        {
            await next(context);
            return;
        }

        _requests.Enqueue(new($"{context.Request.Method} {context.Request.Path}", body, headers["Idempotency-Key"].ToString(), headers["Stripe-Version"].ToString()));
        if (headers.Authorization != "Bearer " + SecretKey)
        {
            await WriteAsync(context, Failure(401, "invalid_request_error", code: null, "Invalid API Key provided."));
        }
        else
        {
            await next(context);
        }
    }

    private async Task ChargeAsync(HttpContext context)
    {
        var form = Read(await context.Request.ReadFormAsync());
        var fault = _faults.TryDequeue(out var broken) ? broken : Account.FaultOf(context.Request.Headers["Idempotency-Key"].ToString(), form.GetValueOrDefault("payment_method", ""));
        switch (fault)
        {
            case StripeFault.OrderLost:
                context.Abort();
                return;
            case StripeFault.ServerError:
                await WriteAsync(context, Failure(500, "api_error", code: null, "Something went wrong."));
                return;
            case StripeFault.RateLimit:
                await WriteAsync(context, Failure(429, "invalid_request_error", "rate_limit", "Too many requests."));
                return;
            default:
                break;
        }

        var answer = Once(context, form, Account.Charge);
        if (fault is StripeFault.AnswerLost)
        {
            context.Abort();
            return;
        }

        if (fault is StripeFault.Silence)
        {
            var given = new TaskCompletionSource();
            await using var up = context.RequestAborted.Register(given.SetResult);
            await given.Task;
            return;
        }

        await WriteAsync(context, fault == StripeFault.ServerErrorAfterwards ? Failure(500, "api_error", code: null, "Something went wrong.") : answer);
    }

    /// <summary>Answers a form, once for a key; <paramref name="lost"/> where the answer never arrives.</summary>
    public async Task AnswerAsync(HttpContext context, Func<IReadOnlyDictionary<string, string>, (int Status, JsonObject Body)> act, bool lost = false)
    {
        var answer = Once(context, Read(await context.Request.ReadFormAsync()), act);
        if (lost)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, answer);
    }

    /// <summary>The same key and parameters are answered as the first time, others are an error.</summary>
    private (int Status, JsonObject Body) Once(HttpContext context, Dictionary<string, string> form, Func<IReadOnlyDictionary<string, string>, (int Status, JsonObject Body)> act)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
        {
            return act(form);
        }

        var wish = context.Request.Path + "?" + string.Join('&', form.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + "=" + pair.Value));
        var kept = _keys.GetOrAdd(key, _ => new Kept(wish, new Lazy<(int, JsonObject)>(() => act(form))));
        return kept.Wish == wish
            ? kept.Answer.Value
            : Failure(400, "idempotency_error", code: null, "Keys for idempotent requests can only be used with the same parameters they were first used with.");
    }

    private (int Status, JsonObject Body) Detach(string id) => Account.Find(id) switch
    {
        null => Failure(404, "invalid_request_error", "resource_missing", $"No such PaymentMethod: '{id}'"),
        { } method when method["customer"] is null => Failure(400, "invalid_request_error", code: null, "The payment method you provided is not attached to a customer so detachment is impossible."),
        _ => (200, Account.Change(id, method => method["customer"] = null)),
    };

    private (int Status, JsonObject Body) Cancel(string id) => Account.Find(id) switch
    {
        null => Failure(404, "invalid_request_error", "resource_missing", $"No such payment_intent: '{id}'"),
        { } payment when StripeAccount.Text(payment, "status") is "succeeded" or "canceled" =>
            Failure(400, "invalid_request_error", "payment_intent_unexpected_state", "You cannot cancel this PaymentIntent because of its status."),
        _ => (200, Account.Change(id, payment => payment["status"] = "canceled")),
    };

    /// <summary>The object of that kind, or a 404 as Stripe prints it.</summary>
    public IResult Found(string id, string kind) => Account.Find(id) is { } found && StripeAccount.Text(found, "object") == kind
        ? Results.Json(kind == "checkout.session" ? Account.Expanded(found) : found)
        : Results.Json(Failure(404, "invalid_request_error", "resource_missing", $"No such {kind}: '{id}'").Body, statusCode: 404);

    private static Dictionary<string, string> Read(IFormCollection form) => form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    private static Task WriteAsync(HttpContext context, (int Status, JsonObject Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.Headers["Request-Id"] = "req_wire";
        return context.Response.WriteAsJsonAsync(answer.Body);
    }

    private sealed record Kept(string Wish, Lazy<(int Status, JsonObject Body)> Answer);
}

/// <summary>One request as it came.</summary>
/// <param name="Line">Method and path.</param>
/// <param name="Body">The form.</param>
/// <param name="Key">The idempotency key; empty for none.</param>
/// <param name="Version">The version asked for.</param>
internal sealed record StripeRequest(string Line, string Body, string Key, string Version);
