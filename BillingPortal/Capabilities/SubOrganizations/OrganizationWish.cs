using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>A program's wish about a sub-organization: its form, or why that cannot be meant, and how it wants to be answered.</summary>
/// <param name="Parent">The parent's UUID, as the route names it.</param>
/// <param name="Below">The sub-organization's; null where it is to be created.</param>
/// <param name="Form">What is wished.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where none was sent.</param>
/// <param name="RequestHash">SHA-256 of route and body.</param>
/// <param name="Render">The contract's answer.</param>
/// <typeparam name="TForm">The form.</typeparam>
public sealed record OrganizationWish<TForm>(
    Guid Parent, Guid? Below, Outcome<TForm> Form, string? Key, Hash256 RequestHash, Func<Outcome<OrganizationSummary>, ApiAnswer> Render)
{
    /// <summary>
    /// Runs <paramref name="change"/> with the form; where there is none, that is the answer. Either is kept under the key in the name of
    /// <paramref name="keptFor"/>.
    /// </summary>
    internal Task<ApiAnswer> RunAsync(
        OrganizationWriter writer, IReadOnlyList<long> organizations, long keptFor, Func<OrganizationEdits, TForm, Task<Outcome<OrganizationSummary>>> change, CancellationToken cancel,
        Func<OrganizationEdits, OrganizationSummary, Task<OrganizationSummary>>? finish = null) =>
        writer.RunAsync(organizations, new KeptRequest(keptFor, Key, RequestHash), edits => Form.ThenAsync(form => change(edits, form)), finish, Render, cancel);
}
