using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Rating;

/// <summary>What an organization is charged for a month whatever it uses: the prices of its data packages. Closing a period reads it.</summary>
public static class RecurringCharges
{
    /// <summary>The charges of <paramref name="period"/>, by the packages' numbers. A package that was taken away at once is charged for the month in which it was.</summary>
    public static async Task<ImmutableArray<RecurringCharge>> ReadAsync(DbConnection connection, OrganizationId organization, BillingPeriod period)
    {
        await using var command = LedgerQueries.Command(connection,
            """
            SELECT id, name, price, currency FROM data_package
            WHERE organization_id = @o AND starts_on <= @period AND (ends_on IS NULL OR ends_on >= @period) ORDER BY id
            """, ("o", organization.Value), ("period", (long)period.Number));
        await using var rows = await command.ExecuteReaderAsync();
        var charges = ImmutableArray.CreateBuilder<RecurringCharge>();
        while (await rows.ReadAsync())
        {
            var currency = Currency.Of(rows.GetString(3));
            charges.Add(new RecurringCharge(rows.GetInt64(0), rows.GetString(1), new Money(checked(rows.GetInt64(2) * currency.MinorUnit), currency)));
        }

        return charges.ToImmutable();
    }
}

/// <summary>One charge of a month.</summary>
/// <param name="Package">The data package's number.</param>
/// <param name="Name">For people and invoices.</param>
/// <param name="Amount">Whole minor units of the organization's currency.</param>
public sealed record RecurringCharge(long Package, string Name, Money Amount);
