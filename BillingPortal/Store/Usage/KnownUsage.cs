using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Usage;

/// <summary>An organization that an earlier import created.</summary>
internal sealed record KnownOrganization(OrganizationId Id, Currency Currency, string Name, OrganizationId? Payer = null);

/// <summary>What the store has of the billing accounts in a file: organizations, deliveries of the file's months, carries.</summary>
internal sealed class KnownUsage
{
    public Dictionary<UsageIdentity, KnownOrganization> Organizations { get; } = [];

    public Dictionary<UsageGroup, UsageSum> Delivered { get; } = [];

    public Dictionary<UsageLine, ExactAmount> Carries { get; } = [];

    /// <summary>The file's months that were delivered before.</summary>
    public HashSet<UsageDelivery> Months { get; } = [];

    /// <summary>Reads the groups of a staged import.</summary>
    public static async Task<List<StagedGroup>> StagedAsync(DbConnection connection, long import)
    {
        var staged = new List<StagedGroup>();
        await using var command = LedgerQueries.Command(connection,
            """
            SELECT group_number, provider, billing_account_id, sub_account_id, service, period, amount, last_charge, currency,
              billing_account_name, sub_account_name FROM usage_group WHERE import_id = @id ORDER BY group_number
            """, ("id", import));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var who = new UsageIdentity(rows.GetString(1), rows.GetString(2), Sub(rows.GetString(3)));
            staged.Add(new(rows.GetInt32(0), new(who, rows.GetString(4), new(rows.GetInt32(5))),
                new(ExactAmount.Parse(rows.GetString(6)), new(rows.GetInt64(7))), Currency.Of(rows.GetString(8)), rows.GetString(9), rows.GetString(10)));
        }

        return staged;
    }

    /// <summary>Reads what is known of the billing accounts and months in <paramref name="staged"/>.</summary>
    public static async Task<KnownUsage> ReadAsync(DbConnection connection, IReadOnlyCollection<StagedGroup> staged)
    {
        var known = new KnownUsage();
        var months = staged.Select(s => UsageDelivery.Of(s.Group)).Distinct().ToLookup(month => month.BillingAccount);
        foreach (var account in months)
        {
            var names = await known.ReadOrganizationsAsync(connection, account.Key);
            await known.ReadCarriesAsync(connection, account.Key, names);
            foreach (var month in account)
            {
                await known.ReadDeliveredAsync(connection, month, names);
            }
        }

        return known;
    }

    private static string? Sub(string stored) => stored.Length == 0 ? null : stored;

    private async Task<Dictionary<long, UsageIdentity>> ReadOrganizationsAsync(DbConnection connection, UsageIdentity account)
    {
        var names = new Dictionary<long, UsageIdentity>();
        await using var command = LedgerQueries.Command(connection,
            "SELECT id, COALESCE(sub_account_id, ''), currency, name, payer_id FROM organization WHERE provider = @provider AND billing_account_id = @account",
            ("provider", account.Provider), ("account", account.BillingAccountId));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var who = account with { SubAccountId = Sub(rows.GetString(1)) };
            names[rows.GetInt64(0)] = who;
            Organizations[who] = new(new(rows.GetInt64(0)), Currency.Of(rows.GetString(2)), rows.GetString(3),
                rows.IsDBNull(4) ? null : new OrganizationId(rows.GetInt64(4)));
        }

        return names;
    }

    private async Task ReadCarriesAsync(DbConnection connection, UsageIdentity account, Dictionary<long, UsageIdentity> names)
    {
        await using var command = LedgerQueries.Command(connection,
            """
            SELECT c.organization_id, c.service, c.carried FROM usage_carry c JOIN organization o ON o.id = c.organization_id
            WHERE o.provider = @provider AND o.billing_account_id = @account
            """, ("provider", account.Provider), ("account", account.BillingAccountId));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            Carries[new(names[rows.GetInt64(0)], rows.GetString(1))] = ExactAmount.Parse(rows.GetString(2));
        }
    }

    private async Task ReadDeliveredAsync(DbConnection connection, UsageDelivery month, Dictionary<long, UsageIdentity> names)
    {
        if (Organizations.TryGetValue(month.BillingAccount, out var reseller) && await LedgerQueries.ScalarAsync(connection,
            "SELECT import_id FROM usage_delivery WHERE organization_id = @o AND period = @period", ("o", reseller.Id.Value), ("period", month.Period.Number)) is not null)
        {
            Months.Add(month);
        }

        await using var command = LedgerQueries.Command(connection,
            """
            SELECT d.organization_id, d.service, d.amount, d.last_charge FROM usage_delivered d JOIN organization o ON o.id = d.organization_id
            WHERE o.provider = @provider AND o.billing_account_id = @account AND d.period = @period
            """, ("provider", month.BillingAccount.Provider), ("account", month.BillingAccount.BillingAccountId), ("period", month.Period.Number));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            Delivered[new(names[rows.GetInt64(0)], rows.GetString(1), month.Period)] = new(ExactAmount.Parse(rows.GetString(2)), new(rows.GetInt64(3)));
        }
    }
}
