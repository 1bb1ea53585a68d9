using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store;

/// <summary>
/// A program's wish about one organization: its form, or why the form cannot be meant, and how it wants to be answered. Run through the writer
/// even where it is invalid, so that a key answers alike the second time whatever the first answer was.
/// </summary>
/// <param name="Organization">The organization's UUID, as the route names it; empty where the route names a number.</param>
/// <param name="Form">What is wished.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where none was sent.</param>
/// <param name="RequestHash">SHA-256 of route and body.</param>
/// <param name="Render">Turns outcome, organization and the ledger afterwards into the contract's answer.</param>
/// <typeparam name="TForm">The form.</typeparam>
public sealed record ApiWish<TForm>(
    Guid Organization, Outcome<TForm> Form, string? Key, Hash256 RequestHash, Func<Outcome<Receipt>, Organization?, LedgerState?, ApiAnswer> Render)
{
    /// <summary>Answers without the writer: the caller may not come that far. Nothing is kept under the key.</summary>
    public ApiAnswer Answer<T>(Outcome<T> outcome) => Render(
        outcome.Then<Receipt>(_ => throw new InvalidOperationException("A wish that was done is answered by the writer.")), null, null);

    /// <summary>Runs what <paramref name="command"/> makes of the form and of the key for the journal.</summary>
    public Task<ApiAnswer> RunAsync(
        JournalWriter writer, Organization organization, Actor actor, Func<TForm, string, MoneyCommand> command, CancellationToken cancel)
    {
        var key = JournalKey.OfProgram(Key);
        var wish = Form.Match(
            done: form => command(form, key),
            invalid: errors => Rejected(new Decision.Invalid(errors)),
            refused: refusal => Rejected(new Decision.Refused(refusal)),
            needsApproval: need => Rejected(new Decision.NeedsApproval(need)),
            unknown: reason => throw new InvalidOperationException(reason),
            notFound: what => Rejected(new Decision.NotFound(what)),
            stale: reason => throw new InvalidOperationException(reason));
        var request = new ApiRequest(organization.Id, Key, RequestHash, (outcome, after) => Render(outcome, organization, after));
        return writer.RunAsync(wish, request, cancel);

        RejectedRequest Rejected(Decision answer) => new(actor, key, new OrganizationId(organization.Id), answer);
    }
}

/// <summary>Keys in the journal.</summary>
public static class JournalKey
{
    private const string Space = "api:";

    /// <summary>
    /// Programs choose their keys freely, so they get a space of their own in the journal: no key of theirs can stand in the way of a page's or
    /// an import's.
    /// </summary>
    public static string OfProgram(string? key) => key switch
    {
        null => Space + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
        _ when Space.Length + key.Length > MoneyCommand.MaxKeyLength => Space + CanonicalForm.Seal(key),
        _ => Space + key,
    };
}
