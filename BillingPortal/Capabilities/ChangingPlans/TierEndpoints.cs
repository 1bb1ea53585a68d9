using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>Contract 2's subscriptions: the token's own organization's, the catalogue, and the price that finance agrees.</summary>
internal static partial class TierEndpoints
{
    private const string Own = "/org/payment/subscriptions", Catalogue = "/pricing/subscriptions", Agreed = "/orgs/{id}/enterprise/pricing";

    /// <summary>Maps them.</summary>
    public static void MapSubscriptionTiers(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapApi(Own, ErrorShape.PaymentBalance).WithTags("Payment balance");
        own.MapGet("", ReadAsync).Describe<SubscriptionTiers>(ReadDescription, StatusCodes.Status200OK);
        own.MapPost("", (HttpContext context, ChangePlanForProgram command, CancellationToken cancel) => ChooseAsync("POST", context, command, StatusCodes.Status201Created, cancel))
            .Describe<SubscriptionTiers>(CreateDescription, StatusCodes.Status201Created);
        own.MapPut("", (HttpContext context, ChangePlanForProgram command, CancellationToken cancel) => ChooseAsync("PUT", context, command, StatusCodes.Status200OK, cancel))
            .Describe<SubscriptionTiers>(ChangeDescription, StatusCodes.Status200OK);
        own.MapOtherMethods("", "GET, POST, PUT");

        var catalogue = routes.MapApi(Catalogue, ErrorShape.PaymentBalance).WithTags("Payment balance");
        catalogue.MapGet("", async (HttpContext context, GetTiers query, CancellationToken cancel) => await context.WriteAsync(await query.RunAsync(context.Caller(), cancel)))
            .Describe<SoldTiers>(CatalogueDescription, StatusCodes.Status200OK);
        catalogue.MapOtherMethods("", "GET");

        var agreed = routes.MapApi(Agreed, ErrorShape.PaymentBalance).WithTags("Payment balance");
        agreed.MapPut("", AgreeAsync).Describe<SubscriptionTiers>(AgreeDescription, StatusCodes.Status200OK);
        agreed.MapOtherMethods("", "PUT");
    }

    private static async Task ReadAsync(HttpContext context, GetTiers query, CancellationToken cancel) =>
        await context.WriteAsync(await query.RunForOwnAsync(context.Caller(), SlugOf(context), cancel));

    private static async Task ChooseAsync(string method, HttpContext context, ChangePlanForProgram command, int status, CancellationToken cancel)
    {
        var (read, problem) = await ApiCall.ReadAsync(context, Guid.Empty, method + " " + Own);
        if (read is null)
        {
            await context.WriteAsync(problem!);
            return;
        }

        using var call = read;
        var form = call.Form(fields =>
        {
            var tier = fields.Text("modeling_app", 40, required: true);
            if (fields.IsSent("pay_annually") && fields.Flag("pay_annually") == true)
            {
                fields.Refuse("pay_annually", "not_sold", "must be false: no plan is sold by the year.");
            }

            return tier ?? "";
        });
        var (caller, render, slug) = (context.Caller(), context.Renderer<SubscriptionTiers>(status), SlugOf(context));
        var now = Instant.Now(context.RequestServices.GetRequiredService<TimeProvider>());
        var wish = new PlanCall(
            (store, cancelled) => GetTiers.InDollarsAsync(OwnOrganization.FindAsync(store, caller, slug, ChangePlanForProgram.Permission, cancelled)),
            catalogue => form.Then<SubscriptionWish>(tier => catalogue.OfTier(tier, now) is { } version
                ? new Outcome<SubscriptionWish>.Done(new SubscriptionWish.Choose(version.Code))
                : new Outcome<SubscriptionWish>.Invalid([new FieldError("modeling_app", "unknown_tier", "must be free, pro, team or enterprise.")])),
            call.Key, call.RequestHash);
        await context.WriteAsync(await command.RunAsync(caller, wish, outcome => render(outcome.Then<SubscriptionTiers>(TiersOf)), cancel));
    }

    private static async Task AgreeAsync(string id, HttpContext context, ChangePlanForProgram command, CancellationToken cancel)
    {
        using var call = await context.ReadCallAsync(id, "PUT " + Agreed);
        if (call is null)
        {
            return;
        }

        var form = call.Form(PriceOf);
        var (caller, render) = (context.Caller(), context.Renderer<SubscriptionTiers>());
        var wish = new PlanCall(
            (store, cancelled) => GetTiers.InDollarsAsync(PlanReach.ByUuidAsync(store, caller, call.Organization, ChangePlanForProgram.Permission, onPlatform: true, cancelled)),
            _ => form.Then<SubscriptionWish>(price => new Outcome<SubscriptionWish>.Done(new SubscriptionWish.Agree(price!))), call.Key, call.RequestHash);
        await context.WriteAsync(await command.RunAsync(caller, wish, outcome => render(outcome.Then<SubscriptionTiers>(TiersOf)), cancel));
    }

    /// <summary>The contract's union: flat or per user with interval and price, or enterprise alone.</summary>
    private static PlanPrice? PriceOf(JsonFields fields)
    {
        var type = fields.Text("type", 40, required: true);
        if (type == PlanPrice.CodeOf(PriceKind.Enterprise))
        {
            return PlanPrice.Agreed;
        }

        PriceKind? kind = type == PlanPrice.CodeOf(PriceKind.Flat) ? PriceKind.Flat : type == PlanPrice.CodeOf(PriceKind.PerUser) ? PriceKind.PerUser : null;
        if (type is not null && kind is null)
        {
            fields.Refuse("type", "unknown_type", "must be flat, per_user or enterprise.");
        }

        var (interval, micros) = (fields.Text("interval", 40, required: true), fields.Micros("price", required: true));
        if (interval is not null && PlanPrice.IntervalOf(interval) is null)
        {
            fields.Refuse("interval", "unknown_interval", "must be day, week, month or year.");
        }

        return kind is { } known && PlanPrice.IntervalOf(interval) is { } length && micros is { } amount
            ? new PlanPrice(known, length, ImmutableSortedDictionary<string, long>.Empty.Add(Currency.Usd.Code, amount))
            : null;
    }

    private static Outcome<SubscriptionTiers> TiersOf(PlanFile file) => new Outcome<SubscriptionTiers>.Done(new PlanReading(file.Subscription, file.Catalogue).Tiers);

    private static string? SlugOf(HttpContext context) => context.Request.Headers[OwnOrganization.SlugHeader] is [{ Length: > 0 } slug] ? slug : null;

    /// <summary>The body that chooses a tier.</summary>
    /// <param name="ModelingApp">free, pro, team or enterprise.</param>
    /// <param name="PayAnnually">False, or absent: no plan is sold by the year.</param>
    private sealed record TierRequest(string ModelingApp, bool? PayAnnually = null);
}
