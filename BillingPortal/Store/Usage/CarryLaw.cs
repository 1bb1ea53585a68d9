using BillingPortal.Store.Auditing;

namespace BillingPortal.Store.Usage;

/// <summary>Carries of imports recompute: what was delivered is exactly what was posted and what is carried (rules §3).</summary>
public sealed class CarryLaw(DatabaseOptions options) : ILaw
{
    /// <inheritdoc />
    public string Code => "carry";

    /// <inheritdoc />
    public string Name => "Carries of imports recompute";

    /// <inheritdoc />
    public string Scope => "delivered equals posted plus carried, to the last decimal";

    /// <inheritdoc />
    public string Unit => "organizations";

    /// <inheritdoc />
    public async Task<LawFinding> CheckAsync(CancellationToken cancel)
    {
        await using var connection = await LedgerConnection.OpenAsync(options, cancel);
        var checkedOver = 0L;
        for (var organization = 0L; ;)
        {
            // One picture for each organization, so that no import is seen half published and no read lasts.
            await using var picture = await connection.PictureAsync(cancel);
            if (await connection.NumberAsync(Next, ("after", organization)) is not { } next)
            {
                return new LawFinding(Holds: true, checkedOver, "");
            }

            organization = next;
            checkedOver++;
            if (await UsageBooks.FindBreakAsync(connection.Connection, organization) is { } broken)
            {
                return new LawFinding(Holds: false, checkedOver, $"organization {LedgerConnection.Text(organization)}, {broken}");
            }
        }
    }

    private const string Next =
        """
        SELECT MIN(next) FROM (
          SELECT MIN(organization_id) AS next FROM usage_delivered WHERE organization_id > @after
          UNION ALL SELECT MIN(organization_id) FROM usage_carry WHERE organization_id > @after) AS found
        """;
}
