using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.TaxRegisters;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>
/// Asks the register about numbers that are new or could not be asked about: new ones at once, the others every hour. A register that is silent several times running
/// is left alone until the next round.
/// </summary>
public sealed class VerifyTaxNumbers(IDbContextFactory<BillingStore> stores, TaxNumberChecks checks, TimeProvider clock)
{
    /// <summary>After how long a number that could not be asked about is asked about again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromHours(1);

    private const int Most = 100;
    private const int Patience = 3;

    /// <summary>Asks; gives how many it asked about.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await DueAsync(Instant.Now(clock).Plus(-Again).Micros, cancel);
        var (asked, silent) = (0, 0);
        foreach (var (organization, number, standing) in due)
        {
            var (answer, _) = await checks.AskAsync(organization, number, standing, Actor.System("tax-register"), cancel);
            asked++;
            silent = answer is TaxRegisterAnswer.Silent ? silent + 1 : 0;
            if (silent == Patience)
            {
                break;
            }
        }

        return asked;
    }

    private async Task<List<(long Organization, string Number, TaxStanding Standing)>> DueAsync(long before, CancellationToken cancel)
    {
        const int pending = (int)TaxStatus.Pending, unavailable = (int)TaxStatus.Unavailable;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var rows = await store.BillingDetails.Where(d => d.TaxId != null && (d.TaxStatus == pending || (d.TaxStatus == unavailable && d.TaxCheckedAt <= before)))
            .OrderBy(d => d.TaxStatus).ThenBy(d => d.TaxCheckedAt).ThenBy(d => d.OrganizationId).Take(Most)
            .Select(d => new { d.OrganizationId, d.TaxId, d.TaxIdType, d.TaxStatus, d.TaxCheckedAt, d.TaxCheckedName }).ToListAsync(cancel);
        return [.. rows.Where(d => DetailsChange.CanBeVerified(d.TaxId!, d.TaxIdType))
            .Select(d => (d.OrganizationId, d.TaxId!, new TaxStanding((TaxStatus)d.TaxStatus, d.TaxCheckedAt is { } at ? new Instant(at) : null, d.TaxCheckedName)))];
    }
}

/// <summary>Wakes <see cref="VerifyTaxNumbers"/>.</summary>
public sealed class TaxNumberRound(VerifyTaxNumbers verifying) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await verifying.RunAsync(cancellationToken);
}
