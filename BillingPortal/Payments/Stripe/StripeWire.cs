using System.Net.Http.Headers;
using System.Text.Json;

namespace BillingPortal.Payments.Stripe;

/// <summary>
/// Stripe's REST API as it travels: forms out, JSON back, one pinned version, an idempotency key on all that makes something. Tells nothing to the log:
/// neither keys nor bodies.
/// </summary>
internal sealed class StripeWire(HttpClient client, StripeOptions options)
{
    /// <summary>The version whose documents this code was written against; Stripe answers in it whatever the account's default is.</summary>
    public const string Version = "2024-06-20";

    /// <summary>Asks. What does not come back whole is a reply of status 0, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; what was sent may have arrived.</exception>
    public async Task<StripeReply> SendAsync(HttpMethod method, string path, IEnumerable<KeyValuePair<string, string>>? form, string? key, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(options.BaseUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.SecretKey);
        request.Headers.Add("Stripe-Version", Version);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        request.Content = form is null ? null : new FormUrlEncodedContent(form);
        try
        {
            using var answer = await client.SendAsync(request, cancel);
            return new StripeReply((int)answer.StatusCode, Parsed(await answer.Content.ReadAsStringAsync(cancel)));
        }
        catch (HttpRequestException)
        {
            return StripeReply.None;
        }
        catch (IOException)
        {
            return StripeReply.None;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return StripeReply.None;
        }
    }

    /// <summary>The same for what is not a payment: gives the object, or says why there is none.</summary>
    /// <exception cref="PaymentGatewayException">Stripe refused or did not answer.</exception>
    public async Task<JsonElement> NeedAsync(HttpMethod method, string path, IEnumerable<KeyValuePair<string, string>>? form, string? key, CancellationToken cancel)
    {
        var reply = await SendAsync(method, path, form, key, cancel);
        return reply.IsDone ? reply.Body : throw reply.ToException();
    }

    private static JsonElement Parsed(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">0 where nothing did.</param>
/// <param name="Body">The JSON; undefined where there was none.</param>
internal sealed record StripeReply(int Status, JsonElement Body)
{
    /// <summary>Nothing came back.</summary>
    public static readonly StripeReply None = new(0, default);

    /// <summary>True for an object.</summary>
    public bool IsDone => Status is >= 200 and < 300 && Body.ValueKind == JsonValueKind.Object;

    /// <summary>The error that Stripe describes.</summary>
    public JsonElement? Error => Body.Member("error");

    /// <summary>True where the key was used with other parameters.</summary>
    public bool IsKeyReused => Error?.Text("type") == "idempotency_error" && Status == StatusCodes.Status400BadRequest;

    /// <summary>In words, for a person.</summary>
    public PaymentGatewayException ToException() => new(Status switch
    {
        0 => "The payment provider did not answer.",
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "The payment provider does not accept the portal's key.",
        StatusCodes.Status429TooManyRequests => "The payment provider is asked too often. Try again in a minute.",
        >= StatusCodes.Status500InternalServerError => "The payment provider has a fault. Try again later.",
        _ => "The payment provider refused: " + (Error?.Text("message") ?? "no reason was given."),
    });
}

/// <summary>Reads JSON that may lack anything.</summary>
internal static class StripeJson
{
    /// <summary>The member, where it is there and not null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text member.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A whole number.</summary>
    public static long? Whole(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var whole) ? whole : null;

    /// <summary>The id of what a member names or, expanded, is.</summary>
    public static string? IdOf(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } id => id.GetString(),
        { ValueKind: JsonValueKind.Object } whole => whole.Text("id"),
        _ => null,
    };
}
