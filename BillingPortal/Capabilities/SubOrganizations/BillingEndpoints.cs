using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Contract 1's own route: the billing settings of a sub-organization.</summary>
internal static partial class BillingEndpoints
{
    private const string Route = "/orgs/{org_id}/orgs/{sub_org_id}/billing";

    /// <summary>Maps it.</summary>
    public static void MapSubOrganizationBilling(this IEndpointRouteBuilder routes)
    {
        var billing = routes.MapApi(Route, ErrorShape.SubOrganizations).WithTags("Sub-organizations");
        billing.MapPatch("", SetAsync).Describe<OrganizationDetail>(SetDescription, StatusCodes.Status200OK);
        billing.MapOtherMethods("", "PATCH");
    }

    private static async Task SetAsync(
        [FromRoute(Name = "org_id")] string org, [FromRoute(Name = "sub_org_id")] string sub, HttpContext context, SetSubOrganizationBilling command, CancellationToken cancel)
    {
        if (await context.UuidAsync(org) is { } parent && await context.ReadCallAsync(sub, $"PATCH /orgs/{parent}/orgs/{{sub_org_id}}/billing") is { } call)
        {
            using (call)
            {
                var wish = new BillingWish(parent, call.Organization, call.Form(Read), call.Key, call.RequestHash, context.Renderer<OrganizationDetail>());
                await context.WriteAsync(await command.RunAsync(context.Caller(), wish, cancel));
            }
        }
    }

    private static BillingForm Read(JsonFields fields)
    {
        var (recharge, cap) = (fields.Object("auto_recharge", required: true), fields.Object("spending_cap"));
        if (cap?.IsSent("reset_at") == true && cap.IsNull("reset_at"))
        {
            cap.Refuse("reset_at", "not_a_time", "must be a date and time; leave it out to keep what is set.");
        }

        return new BillingForm(
            recharge?.Flag("enabled"), recharge?.Number("recharge_threshold"), recharge?.Number("recharge_amount"), cap?.Flag("enabled"), cap?.Number("amount"), cap?.Time("reset_at"));
    }

    /// <summary>Recharge, and optionally the cap; what is absent within them stays.</summary>
    /// <param name="AutoRecharge">Auto-recharge.</param>
    /// <param name="SpendingCap">The spending cap; absent for unchanged.</param>
    private sealed record BillingRequest(AutoRechargeRequest AutoRecharge, SpendingCapRequest? SpendingCap = null);

    /// <summary>Auto-recharge.</summary>
    /// <param name="Enabled">True to switch it on.</param>
    /// <param name="RechargeThreshold">5 to 500: it acts where less is left.</param>
    /// <param name="RechargeAmount">5 to 500: what it charges.</param>
    private sealed record AutoRechargeRequest(bool? Enabled = null, decimal? RechargeThreshold = null, decimal? RechargeAmount = null);

    /// <summary>The spending cap.</summary>
    /// <param name="Enabled">True to switch it on.</param>
    /// <param name="Amount">0 to 100 000; 0 stops everything.</param>
    /// <param name="ResetAt">Where its windows are anchored, past or future: they start there plus whole months.</param>
    private sealed record SpendingCapRequest(bool? Enabled = null, decimal? Amount = null, DateTimeOffset? ResetAt = null);
}
