using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.TaxRegisters;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>
/// Asks the register about a number, outside of any transaction, and writes down what it said unless the number has changed meanwhile. A register that is silent
/// makes a number <i>unavailable</i>, never invalid; one that was verified stays so.
/// </summary>
public sealed class TaxNumberChecks(ITaxRegister register, OrganizationWriter writer, TimeProvider clock)
{
    /// <summary>Asks; gives what the register said and how the number stands now, or null for that where it has changed meanwhile.</summary>
    public async Task<(TaxRegisterAnswer Answer, StoredDetails? Now)> AskAsync(long organization, string number, TaxStanding before, Actor actor, CancellationToken cancel)
    {
        var answer = await register.AskAsync(number, cancel);
        var at = Instant.Now(clock);
        var standing = answer switch
        {
            TaxRegisterAnswer.Known known => new TaxStanding(TaxStatus.Verified, at, known.Name),
            TaxRegisterAnswer.NotKnown => new TaxStanding(TaxStatus.Unverified, at),
            _ when before.Status == TaxStatus.Verified => before,
            _ => new TaxStanding(TaxStatus.Unavailable, at),
        };
        if (standing == before)
        {
            return (answer, null);
        }

        var outcome = await writer.RunAsync<StoredDetails?>([organization], async edits => new Outcome<StoredDetails?>.Done(await edits.SetStandingAsync(organization, number, standing, actor)), cancel);
        return (answer, outcome is Outcome<StoredDetails?>.Done(var now) ? now : null);
    }
}
