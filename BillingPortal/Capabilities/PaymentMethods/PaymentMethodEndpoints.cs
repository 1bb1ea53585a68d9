using BillingPortal.Domain;
using BillingPortal.Store;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>Contract 2's neighbours: an organization's own cards.</summary>
internal static partial class PaymentMethodEndpoints
{
    private const string Methods = "/org/payment/methods", Intent = "/org/payment/intent";

    /// <summary>Maps them.</summary>
    public static void MapPaymentMethods(this IEndpointRouteBuilder routes)
    {
        var methods = routes.MapApi(Methods, ErrorShape.PaymentBalance).WithTags("Billing information");
        methods.MapGet("", ListAsync).Describe<IReadOnlyList<PaymentMethodJson>>(ListDescription, StatusCodes.Status200OK);
        methods.MapDelete("{method_id}", RemoveAsync).Describe<object>(RemoveDescription, StatusCodes.Status204NoContent);
        methods.MapOtherMethods("", "GET");
        methods.MapOtherMethods("{method_id}", "DELETE");
        var intent = routes.MapApi(Intent, ErrorShape.PaymentBalance).WithTags("Billing information");
        intent.MapPost("", BeginAsync).Describe<PaymentIntentJson>(BeginDescription, StatusCodes.Status201Created);
        intent.MapOtherMethods("", "POST");
    }

    private static async Task ListAsync(HttpContext context, CardsOfOwn query, CancellationToken cancel) => await context.WriteAsync(await query.RunAsync(context.Caller(), SlugIn(context), cancel));

    private static async Task RemoveAsync([Microsoft.AspNetCore.Mvc.FromRoute(Name = "method_id")] string method, HttpContext context, ChangingCard command, CancellationToken cancel)
    {
        using var call = await CallAsync(context, $"DELETE {Methods} {method}");
        if (call is not null)
        {
            var render = context.Renderer<Receipt>();
            await context.WriteAsync(await command.RemoveOwnAsync(context.Caller(), SlugIn(context), method, call.Key, call.RequestHash,
                outcome => outcome is Outcome<Receipt>.Done ? new ApiAnswer(StatusCodes.Status204NoContent, "") : render(outcome), cancel));
        }
    }

    private static async Task BeginAsync(HttpContext context, BeginningIntent command, CancellationToken cancel)
    {
        using var call = await CallAsync(context, $"POST {Intent}");
        if (call is not null)
        {
            await context.WriteAsync(await command.RunAsync(context.Caller(), SlugIn(context), call.Key, call.RequestHash, context.Renderer<PaymentIntentJson>(StatusCodes.Status201Created), cancel));
        }
    }

    private static string? SlugIn(HttpContext context) => context.Request.Headers[OwnOrganization.SlugHeader].ToString();

    private static async Task<ApiCall?> CallAsync(HttpContext context, string route)
    {
        var (call, problem) = await ApiCall.ReadAsync(context, Guid.Empty, $"{route} {SlugIn(context)}");
        if (problem is not null)
        {
            await context.WriteAsync(problem);
        }

        return call;
    }
}
