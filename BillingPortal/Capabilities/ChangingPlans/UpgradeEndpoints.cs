using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>Contract 5: the plan's upgrade and its neighbours.</summary>
internal static partial class UpgradeEndpoints
{
    private const string Route = "/api/v0/organizations";

    /// <summary>Maps them.</summary>
    public static void MapPlanUpgrade(this IEndpointRouteBuilder routes)
    {
        var billing = routes.MapApi(Route + "/{organizationId}/billing", ErrorShape.PlanUpgrade).WithTags("Plan upgrade");
        billing.MapPut("/upgrade", (string organizationId, HttpContext context, ChangePlanForProgram command, CancellationToken cancel) =>
            ChangeAsync(organizationId, "PUT upgrade", context, command, _ => new Outcome<SubscriptionWish>.Done(new SubscriptionWish.Upgrade()), cancel))
            .Describe<SubscriptionJson>(UpgradeDescription, StatusCodes.Status200OK);
        billing.MapGet("/subscription", ReadAsync).Describe<SubscriptionJson>(ReadDescription, StatusCodes.Status200OK);
        billing.MapPut("/subscription/coupon", (string organizationId, HttpContext context, ChangePlanForProgram command, CancellationToken cancel) =>
            ChangeAsync(organizationId, "PUT coupon", context, command, CouponOf, cancel)).Describe<SubscriptionJson>(CouponDescription, StatusCodes.Status200OK);
        billing.MapPost("/subscription/cancel", (string organizationId, HttpContext context, ChangePlanForProgram command, CancellationToken cancel) =>
            ChangeAsync(organizationId, "POST cancel", context, command, _ => new Outcome<SubscriptionWish>.Done(new SubscriptionWish.Cancel()), cancel))
            .Describe<SubscriptionJson>(CancelDescription, StatusCodes.Status200OK);
        billing.MapOtherMethods("/upgrade", "PUT");
        billing.MapOtherMethods("/subscription", "GET");
        billing.MapOtherMethods("/subscription/coupon", "PUT");
        billing.MapOtherMethods("/subscription/cancel", "POST");
    }

    private static async Task ReadAsync(string organizationId, HttpContext context, GetPlan query, CancellationToken cancel)
    {
        if (await context.SmallUuidAsync(organizationId) is { } uuid)
        {
            await context.WriteAsync((await query.RunAsync(context.Caller(), uuid, cancel)).Then<SubscriptionJson>(file => new Outcome<SubscriptionJson>.Done(SubscriptionJson.Of(file, SiteOf(context)))));
        }
    }

    private static async Task ChangeAsync(
        string organizationId, string route, HttpContext context, ChangePlanForProgram command, Func<ApiCall, Outcome<SubscriptionWish>> wish, CancellationToken cancel)
    {
        if (await context.SmallUuidAsync(organizationId) is not { } uuid)
        {
            return;
        }

        using var call = await context.ReadCallAsync(organizationId, route + " " + Route);
        if (call is null)
        {
            return;
        }

        var (caller, render) = (context.Caller(), context.Renderer<SubscriptionJson>());
        var wished = new PlanCall((store, cancelled) => PlanReach.ByUuidAsync(store, caller, uuid, ChangePlanForProgram.Permission, onPlatform: false, cancelled), _ => wish(call), call.Key, call.RequestHash);
        await context.WriteAsync(await command.RunAsync(caller, wished,
            outcome => render(outcome.Then<SubscriptionJson>(file => new Outcome<SubscriptionJson>.Done(SubscriptionJson.Of(file, SiteOf(context))))), cancel));
    }

    /// <summary>A coupon has no space at either end: one that has is refused, not trimmed.</summary>
    private static Outcome<SubscriptionWish> CouponOf(ApiCall call)
    {
        var form = call.Form(fields =>
        {
            var (sent, code) = fields.StringOrNull("coupon");
            if (!sent || code is null)
            {
                fields.Refuse("coupon", "required", "must be a string of 1 to 255 characters.");
                return "";
            }

            if (code.Length is 0 or > Coupon.MaxLength || code.Trim() != code || code.Any(char.IsControl))
            {
                fields.Refuse("coupon", "not_a_coupon", "must have 1 to 255 characters, none of them a control character, and no space at its beginning or end.");
            }

            return code;
        });
        return form.Then<SubscriptionWish>(code => new Outcome<SubscriptionWish>.Done(new SubscriptionWish.Redeem(code)));
    }

    private static string SiteOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";

    /// <summary>The body of the coupon's PUT.</summary>
    /// <param name="Coupon">Its code.</param>
    private sealed record CouponRequest(string Coupon);
}
