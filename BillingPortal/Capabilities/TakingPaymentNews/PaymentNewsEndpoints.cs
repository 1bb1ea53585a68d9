using System.Buffers;
using System.Text;
using System.Threading.RateLimiting;
using BillingPortal.Payments;
using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Capabilities.TakingPaymentNews;

/// <summary>Where the payment provider tells what happened: <c>POST /payments/{provider}/webhook</c>.</summary>
internal static class PaymentNewsEndpoints
{
    /// <summary>The longest body that is read; providers' events are a few kilobytes.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>Maps it. Its signature is the authentication, so anybody may knock.</summary>
    public static void MapPaymentNews(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/payments/{provider}/webhook", TakeAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(MaxBody + 1));

    /// <summary>200 for what was taken now or before, 400 for a signature that does not hold, 503 where it should be delivered again.</summary>
    private static async Task<IResult> TakeAsync(
        string provider, HttpContext context, TakePaymentNews take, IPaymentGateway gateway, PaymentNewsDoor door, CancellationToken cancel)
    {
        if (provider != gateway.Provider)
        {
            return Results.NotFound();
        }

        using var lease = await door.EnterAsync(cancel);
        if (!lease.IsAcquired)
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (await BodyAsync(context.Request, cancel) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            return await take.RunAsync(body, context.Request.Headers["Stripe-Signature"].ToString(), cancel) ? Results.Ok() : Results.BadRequest();
        }
        catch (PaymentGatewayException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        catch (UnknownOutcomeException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>The body as it was sent, since that is what is signed; null where it is too long.</summary>
    private static async Task<string?> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBody + 1);
        try
        {
            var read = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, MaxBody + 1), MaxBody + 1, throwOnEndOfStream: false, cancel);
            return read > MaxBody ? null : Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>Lets a few webhooks in at a time, so that a flood of them, signed or not, leaves the portal to its people. The provider delivers again what was turned away.</summary>
internal sealed class PaymentNewsDoor : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = 8, QueueLimit = 64, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Waits for a place.</summary>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancel) => _limiter.AcquireAsync(1, cancel);

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();
}
