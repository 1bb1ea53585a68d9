using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>
/// Contract 3's creation: an organization at the top, by staff of the platform; or below the one that the header names, by those who manage it, with its currency and
/// zone. It pays before it uses, is on the free plan, and has no features yet.
/// </summary>
public sealed class CreateExternalOrganization(IDbContextFactory<BillingStore> stores, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.CreateOrganizations;

    /// <summary>Creates it.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="parent">The slug of the organization to stand below; null or empty for the top.</param>
    /// <param name="form">Name, slug where one is wished, and email.</param>
    /// <param name="key">The <c>Idempotency-Key</c>, kept for the parent, or at the top for the caller.</param>
    /// <param name="hash">SHA-256 of route and body.</param>
    /// <param name="render">The contract's answer.</param>
    /// <param name="cancel">Counts until it begins.</param>
    public async Task<ApiAnswer> RunAsync(
        Caller caller, string? parent, Outcome<DetailsChange> form, string? key, Hash256 hash, Func<Outcome<StoredDetails>, ApiAnswer> render, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!string.IsNullOrEmpty(parent))
        {
            var reached = await DetailsReach.FindAsync(store, caller, parent, [Permission.ManageOrganizations], cancel);
            return reached is not Outcome<ReachedDetails>.Done { Value.Organization: var above }
                ? render(reached.Then<StoredDetails>(_ => throw new InvalidOperationException("It was reached.")))
                : await writer.RunAsync([above.Id], new KeptRequest(above.Id, key, hash), edits => form.ThenAsync(wish => CreateAsync(edits, wish, above, caller)), finish: null, render, cancel);
        }

        var access = await Access.ReadAsync(store, caller, cancel);
        return !access.MayOnPlatform(Permission)
            ? render(new Outcome<StoredDetails>.Refused(Access.Missing(Permission)))
            : await writer.RunAsync([], new KeptRequest(0, key is null ? null : $"{caller.UserId}:{key}", hash), edits => form.ThenAsync(wish => CreateAsync(edits, wish, above: null, caller)), finish: null, render, cancel);
    }

    private static async Task<Outcome<StoredDetails>> CreateAsync(OrganizationEdits edits, DetailsChange wish, Organization? above, Caller caller)
    {
        // Name and slug must hold before there is an organization to have them.
        var decided = wish.Over(new OrganizationDetails());
        if (decided is not Outcome<OrganizationDetails>.Done { Value: var wished })
        {
            return decided.Then<StoredDetails>(_ => throw new InvalidOperationException("It was decided."));
        }

        if (wished.Slug is { } slug && await edits.IsSlugTakenAsync(slug))
        {
            return new Outcome<StoredDetails>.Refused(new Refusal(RefusalCode.Taken, $"The slug “{slug}” is taken. Choose another.", DetailField.Slug.Code));
        }

        var organization = new Organization
        {
            Uuid = Guid.NewGuid(),
            Name = wished.Name!,
            Slug = wished.Slug ?? "",
            ParentId = above?.Id,
            Currency = above?.Currency ?? "USD",
            TimeZone = above?.TimeZone ?? "UTC",
            ChargingModel = ChargingModel.Prepaid,
        };
        await edits.AddAsync(organization);
        await edits.TellAsync(organization.Id, "created", $"Created by {await edits.NameOfAsync(caller.UserId)}.");
        var made = await edits.DetailsAsync(organization.Id) ?? throw new InvalidOperationException("It was entered.");
        return await edits.SetDetailsAsync(made, wished with { Slug = made.Details.Slug }, caller.Actor);
    }
}
