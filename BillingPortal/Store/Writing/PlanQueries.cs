using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Plans;

namespace BillingPortal.Store.Writing;

/// <summary>Reads what commands about plans must see, under the lock.</summary>
internal static class PlanQueries
{
    public static async Task<PlanFacts> FactsAsync(DbConnection connection, PlansNeeded needs, Instant now)
    {
        var subscription = await TextAsync(connection, "SELECT body FROM subscription WHERE organization_id = @o", ("o", needs.Organization.Value));
        var fee = needs.Fee is { } number
            ? await TextAsync(connection, "SELECT body FROM plan_fee WHERE payer_id = @p AND number = @n AND organization_id = @o", ("p", needs.Payer.Value), ("n", number), ("o", needs.Organization.Value))
            : await TextAsync(connection, "SELECT body FROM plan_fee WHERE organization_id = @o AND state < 10", ("o", needs.Organization.Value));
        var facts = new PlanFacts
        {
            Catalogue = await CatalogueAsync(connection),
            Subscription = subscription is null ? null : PlanJson.Read<Subscription>(subscription),
            PlanCode = await TextAsync(connection, "SELECT plan FROM organization WHERE id = @o", ("o", needs.Organization.Value)) ?? PlanCatalogue.Free,
            Fee = fee is null ? null : PlanJson.Read<PlanFee>(fee),
            Profile = await InvoicingProfiles.ReadAsync(connection, needs.Payer, BillingPeriod.Of(now, TimeZoneInfo.Utc).Number),
            NextOrdinal = await InvoiceQueries.NextOrdinalAsync(connection, needs.Payer),
            Fees = await LedgerQueries.ScalarAsync(connection, "SELECT MAX(number) FROM plan_fee WHERE payer_id = @p", ("p", needs.Payer.Value)) ?? 0,
        };
        return needs.Coupon is { } code ? await CouponAsync(connection, facts, needs.Organization, Coupon.Normalise(code)) : facts;
    }

    /// <summary>True where a fee is being charged to a card, or nobody knows whether it was.</summary>
    public static async Task<bool> IsChargedAsync(DbConnection connection, long card) => await LedgerQueries.ScalarAsync(connection,
        $"SELECT COUNT(*) FROM plan_fee WHERE payer_id = (SELECT organization_id FROM payment_method WHERE id = @c) AND payment_method_id = @c AND state IN ({(int)FeeState.Submitted}, {(int)FeeState.Unknown})",
        ("c", card)) > 0;

    public static async Task<PlanCatalogue> CatalogueAsync(DbConnection connection)
    {
        await using var command = LedgerQueries.Command(connection, "SELECT code, number, valid_from, terms FROM plan_version ORDER BY code, number");
        await using var rows = await command.ExecuteReaderAsync();
        var versions = ImmutableArray.CreateBuilder<PlanVersion>();
        while (await rows.ReadAsync())
        {
            versions.Add(new PlanVersion(rows.GetString(0), rows.GetInt32(1), new Instant(rows.GetInt64(2)), PlanJson.Read<PlanTerms>(rows.GetString(3))));
        }

        return new PlanCatalogue(versions.ToImmutable());
    }

    private static async Task<PlanFacts> CouponAsync(DbConnection connection, PlanFacts facts, OrganizationId organization, string code)
    {
        Coupon? coupon = null;
        await using (var command = LedgerQueries.Command(connection, "SELECT terms, expires_at, redemption_limit FROM coupon WHERE code = @c", ("c", code)))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            if (await rows.ReadAsync())
            {
                coupon = new Coupon(code, PlanJson.Read<CouponTerms>(rows.GetString(0)), rows.IsDBNull(1) ? null : new Instant(rows.GetInt64(1)), rows.IsDBNull(2) ? null : rows.GetInt32(2));
            }
        }

        return facts with
        {
            Coupon = coupon,
            Redemptions = await CountAsync("SELECT COUNT(*) FROM coupon_redemption WHERE coupon = @c AND released_at IS NULL"),
            NextRedemption = await CountAsync("SELECT COALESCE(MAX(number), 0) + 1 FROM coupon_redemption WHERE coupon = @c"),
            RedeemedBefore = await LedgerQueries.ScalarAsync(connection,
                "SELECT COUNT(*) FROM coupon_redemption WHERE coupon = @c AND organization_id = @o AND released_at IS NULL", ("c", code), ("o", organization.Value)) > 0,
        };

        async Task<int> CountAsync(string sql) => (int)(await LedgerQueries.ScalarAsync(connection, sql, ("c", code)) ?? 0);
    }

    private static async Task<string?> TextAsync(DbConnection connection, string sql, params (string, object)[] values)
    {
        await using var command = LedgerQueries.Command(connection, sql, values);
        return await command.ExecuteScalarAsync() as string;
    }
}
