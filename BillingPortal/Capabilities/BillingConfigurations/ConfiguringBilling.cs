using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>
/// Changes how an organization is billed: from above only, since it says how much credit it is given (decision 0024). The VAT rate is the platform's to
/// choose, which issues the invoices. Pages preview and commit; contract 4's PATCH decides and commits in one step.
/// </summary>
public sealed class ConfiguringBilling(IDbContextFactory<BillingStore> stores, JournalWriter writer, OrganizationWriter organizations) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>What the wish would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, BillingConfigWish wish, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, wish, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, BillingConfigWish wish, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, wish, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    /// <summary>Contract 4's PATCH: all of it, the tax number with it, or nothing.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, OrganizationId id, ConfigurationWish wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var config = wish.Form is Outcome<ConfigurationPatch>.Done(var sent) ? sent.Config : new BillingConfigWish();
        if (await ReachAsync(store, caller, id, config, cancel) is var reached && reached is not Outcome<Organization>.Done)
        {
            return wish.Render(reached.Then<Acknowledged>(_ => throw new InvalidOperationException("It was reached.")));
        }

        return await organizations.RunAsync([id.Value], new KeptRequest(id.Value, wish.Key, wish.RequestHash), edits => wish.Form.ThenAsync(patch => ChangeAsync(edits, caller, id, patch)),
            finish: null, wish.Render, cancel);
    }

    private static async Task<Outcome<Acknowledged>> ChangeAsync(OrganizationEdits edits, Caller caller, OrganizationId id, ConfigurationPatch patch)
    {
        if (patch.Id is { } sent && sent != id.Value)
        {
            return new Outcome<Acknowledged>.Invalid([new FieldError("id", "invalid_reference", "is another organization's number.")]);
        }

        if (patch.Vatin is { } vatin && await edits.SetVatinAsync(id.Value, vatin, caller.Actor) is var set and not Outcome<StoredDetails>.Done)
        {
            return set.Then<Acknowledged>(_ => throw new InvalidOperationException("It was set."));
        }

        edits.Then = patch.Config.IsEmpty ? null : new ConfigureBilling(caller.Actor, $"configuration:{Guid.NewGuid():N}", id) { Wish = patch.Config };
        return new Outcome<Acknowledged>.Done(Acknowledged.It);
    }

    private async Task<Outcome<ConfigureBilling>> CommandAsync(Caller caller, OrganizationId id, BillingConfigWish wish, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return (await ReachAsync(store, caller, id, wish, cancel)).Then<ConfigureBilling>(_ => new Outcome<ConfigureBilling>.Done(new ConfigureBilling(caller.Actor, key, id) { Wish = wish }));
    }

    private static async Task<Outcome<Organization>> ReachAsync(BillingStore store, Caller caller, OrganizationId id, BillingConfigWish wish, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.ReachFromAbove(found, Permission).Then<Organization>(organization => (wish.VatRate is not null || wish.WithoutVatRate) && !access.MayOnPlatform(Permission)
            ? new Outcome<Organization>.Refused(new Refusal(RefusalCode.Forbidden, "The platform, which issues the invoices, chooses the VAT rate. Nothing was changed.", nameof(BillingConfigWish.VatRate)))
            : new Outcome<Organization>.Done(organization));
    }
}

/// <summary>Contract 4's body.</summary>
/// <param name="Id">The organization's number, where it was sent.</param>
/// <param name="Vatin">The tax number; blank clears, null where it was not sent.</param>
/// <param name="Config">The rest.</param>
public sealed record ConfigurationPatch(long? Id, string? Vatin, BillingConfigWish Config);

/// <summary>A program's wish about a billing configuration.</summary>
/// <param name="Form">What is wished, or why it cannot be meant.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where none was sent.</param>
/// <param name="RequestHash">SHA-256 of route and body.</param>
/// <param name="Render">The contract's answer.</param>
public sealed record ConfigurationWish(Outcome<ConfigurationPatch> Form, string? Key, Hash256 RequestHash, Func<Outcome<Acknowledged>, ApiAnswer> Render);
