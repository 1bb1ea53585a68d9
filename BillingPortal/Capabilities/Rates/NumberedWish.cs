using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.Rates;

/// <summary>A program's wish about rates or volumes: its form or why it cannot be meant, and how it is answered.</summary>
/// <typeparam name="TForm">The form.</typeparam>
/// <typeparam name="T">What is done.</typeparam>
/// <param name="Form">What is wished.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where none was sent.</param>
/// <param name="RequestHash">SHA-256 of route and body.</param>
/// <param name="Render">The contract's answer.</param>
public sealed record NumberedWish<TForm, T>(Outcome<TForm> Form, string? Key, Hash256 RequestHash, Func<Outcome<T>, ApiAnswer> Render)
{
    internal async Task<ApiAnswer> RunAsync(
        OrganizationWriter writer, Outcome<Organization> reached, Func<OrganizationEdits, Organization, TForm, Task<Outcome<T>>> change, CancellationToken cancel) =>
        reached is Outcome<Organization>.Done { Value: var found }
            ? await writer.RunAsync([found.Id], new KeptRequest(found.Id, Key, RequestHash), edits => Form.ThenAsync(form => change(edits, found, form)), finish: null, Render, cancel)
            : Render(reached.Then<T>(_ => throw new InvalidOperationException("It was reached.")));
}
