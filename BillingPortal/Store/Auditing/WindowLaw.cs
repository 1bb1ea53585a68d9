using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Auditing;

/// <summary>What a cap counts is what the journal says: the sum of spend in a window equals its entries, those that others paid for included (rules §6).</summary>
public sealed class WindowLaw(DatabaseOptions options) : ILaw
{
    /// <inheritdoc />
    public string Code => "window";

    /// <inheritdoc />
    public string Name => "Windows of caps recompute";

    /// <inheritdoc />
    public string Scope => "spent in a window equals its entries";

    /// <inheritdoc />
    public string Unit => "windows";

    /// <inheritdoc />
    public async Task<LawFinding> CheckAsync(CancellationToken cancel)
    {
        await using var connection = await LedgerConnection.OpenAsync(options, cancel);
        var checkedOver = 0L;
        for (var organization = 0L; ;)
        {
            // One picture for each window, so that no charge is seen in one place only and no read lasts.
            await using var picture = await connection.PictureAsync(cancel);
            var windows = await connection.ReadAsync(Next, rows => (Window: new WindowNeeded(new OrganizationId(rows.GetInt64(0)), new Instant(rows.GetInt64(1)), new Instant(rows.GetInt64(2))),
                Spent: rows.GetInt64(3)), cancel, ("after", organization));
            if (windows is not [var (window, spent)])
            {
                return new LawFinding(Holds: true, checkedOver, "");
            }

            organization = window.Organization.Value;
            checkedOver++;
            var should = await RuleQueries.SpentAsync(connection.Connection, window);
            if (spent != should)
            {
                return new LawFinding(Holds: false, checkedOver, string.Create(CultureInfo.InvariantCulture,
                    $"organization {organization}: spent from {window.Start} to {window.End} is stored as {spent}, should be {should}"));
            }
        }
    }

    private const string Next = "SELECT organization_id, starts_at, ends_at, spent FROM spending_window WHERE organization_id > @after ORDER BY organization_id LIMIT 1";
}
