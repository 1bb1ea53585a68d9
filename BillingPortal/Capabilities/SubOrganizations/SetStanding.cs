using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>
/// Switches an organization off and on, hands it to another parent, or lets it stand for itself. Whoever manages the organization above does;
/// at the top the platform. What it was charged stays booked and invoiced where it was.
/// </summary>
public sealed class SetStanding(IDbContextFactory<BillingStore> stores, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOrganizations;

    /// <summary>Switches it off, so that charge requests are refused, or on again.</summary>
    public async Task<Outcome<Profile>> DisableAsync(Caller caller, OrganizationId organization, bool disabled, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, organization, cancel)).ThenAsync(found => writer.RunAsync<Profile>([organization.Value], async edits =>
        {
            var profile = await edits.FindAsync(organization.Value) ?? throw new InvalidOperationException("Organizations are not taken away.");
            if (found.Organization.Disabled != disabled)
            {
                await edits.TellAsync(profile.Id, disabled ? "disabled_by" : "enabled_by", $"{(disabled ? "Disabled" : "Enabled")} by {await edits.NameOfAsync(caller.UserId)}.");
                edits.Then = new ConfigureOrganization(caller.Actor, Key(), organization) { Disabled = disabled };
            }

            return new Outcome<Profile>.Done(profile);
        }, cancel));
    }

    /// <summary>Hands it and everything below it to <paramref name="parent"/>, which the caller manages too; null lets it stand at the top.</summary>
    public async Task<Outcome<Profile>> MoveAsync(Caller caller, OrganizationId organization, OrganizationId? parent, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, organization, cancel)).ThenAsync(async found =>
        {
            if (parent is { } to)
            {
                var reached = found.Access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == to.Value, cancel), Permission);
                if (reached is not Outcome<Organization>.Done)
                {
                    return reached is Outcome<Organization>.NotFound
                        ? new Outcome<Profile>.Invalid([new FieldError("Parent", "not_found", $"There is no organization {to}.")])
                        : reached.Then<Profile>(_ => throw new InvalidOperationException("It was reached."));
                }
            }

            var locked = new[] { organization.Value, found.Organization.ParentId ?? 0, parent?.Value ?? 0 };
            return await writer.RunAsync([.. locked.Where(id => id > 0)], edits => MoveAsync(edits, found.Organization, parent, caller), cancel);
        });
    }

    private static async Task<Outcome<Profile>> MoveAsync(OrganizationEdits edits, Organization reached, OrganizationId? to, Caller caller)
    {
        var before = await edits.FindAsync(reached.Id) ?? throw new InvalidOperationException("Organizations are not taken away.");
        var parent = to is { } number ? await edits.FindAsync(number.Value) : null;
        if (before.ParentId != reached.ParentId)
        {
            return new Outcome<Profile>.Stale("Somebody moved it meanwhile. Nothing was changed now.");
        }

        if (before.ParentId == to?.Value)
        {
            return new Outcome<Profile>.Refused(new Refusal(RefusalCode.NotRelated, "It stands there already. Nothing was changed.", "Parent"));
        }

        if (await ObjectionAsync(edits, before, parent) is { } refusal)
        {
            return new Outcome<Profile>.Refused(refusal);
        }

        var (who, named) = (await edits.NameOfAsync(caller.UserId), $"{before.Name} ({before.Id})");
        await edits.MoveAsync(before, parent?.Path ?? "/");
        await edits.TellAsync(before.Id, "moved_by", parent is null ? $"Detached by {who}." : $"Handed over by {who}.");
        foreach (var (id, words) in new[] { (before.ParentId, $"Sub-organization {named} handed away by {who}."), (parent?.Id, $"Sub-organization {named} taken over by {who}.") })
        {
            await (id is { } near ? edits.TellAsync(near, "sub_organization_moved", words) : Task.CompletedTask);
        }

        // Its own people read the event, and are not told whose they are now.
        edits.Then = new MoveOrganization(caller.Actor, Key(), new OrganizationId(before.Id), to) { ParentName = "another organization" };
        return new Outcome<Profile>.Done(before with { ParentId = to?.Value });
    }

    private static async Task<Refusal?> ObjectionAsync(OrganizationEdits edits, Profile organization, Profile? parent)
    {
        if (parent is null)
        {
            return await edits.CountAsync(organization.Id, Role.Admin) > 0 ? null
                : new Refusal(RefusalCode.LastAdministrator, $"{organization.Name} has no administrator of its own. Give it one first: nobody above would be left to.");
        }

        if (parent.Path.StartsWith(organization.Path, StringComparison.Ordinal))
        {
            return new Refusal(RefusalCode.NotRelated, "An organization cannot stand below itself. Nothing was changed.", "Parent");
        }

        var lacking = FeatureSet.None.Lacking(organization.Features, parent.Features);
        return lacking.IsEmpty ? null : new Refusal(RefusalCode.NotRelated,
            $"{parent.Name} does not have {string.Join(", ", lacking.Select(feature => feature.Name))}, and could not give it. Take it from {organization.Name} first.", "Parent");
    }

    /// <summary>Who may give and take its features may switch it off and hand it over.</summary>
    private static async Task<Outcome<Reached>> ReachAsync(BillingStore store, Caller caller, OrganizationId organization, CancellationToken cancel) =>
        (await OrganizationReach.FindToManageAsync(store, caller, organization, Permission, cancel)).Then<Reached>(found => OrganizationReach.MayDelegate(found.Access, found.Organization)
            ? new Outcome<Reached>.Done(found)
            : new Outcome<Reached>.Refused(new Refusal(RefusalCode.Forbidden, "Whoever manages the organization above does this, at the top the platform.")));

    private static string Key() => $"standing:{Guid.NewGuid():N}";
}
