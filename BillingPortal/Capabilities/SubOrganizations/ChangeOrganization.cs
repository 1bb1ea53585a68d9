using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>
/// Renames an organization, sets how it is written to, and gives and takes features. Its own administrators change name and contacts; features
/// come from the parent, or from the platform at the top. A feature that an organization loses is lost by everything below it, in the same
/// transaction: nobody keeps what nobody above could give.
/// </summary>
public sealed class ChangeOrganization(IDbContextFactory<BillingStore> stores, OrganizationWriter writer, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOrganizations;

    /// <summary>Does it for a page. Stale where what is to be changed is no longer as <paramref name="shown"/>.</summary>
    public async Task<Outcome<ChangedOrganization>> RunAsync(Caller caller, OrganizationId organization, OrganizationForm form, Profile shown, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await OrganizationReach.FindToManageAsync(store, caller, organization, Permission, cancel);
        return await reached.ThenAsync<ChangedOrganization>(async found => form.Features.Count > 0 && !OrganizationReach.MayDelegate(found.Access, found.Organization)
            ? new Outcome<ChangedOrganization>.Refused(new Refusal(RefusalCode.Forbidden, "Features are given by the organization above, or by the platform."))
            : await writer.RunAsync(Locked(found.Organization), edits => ChangeAsync(edits, found.Organization, form, shown, caller), cancel));
    }

    /// <summary>Does it for a program, through the parent.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, OrganizationWish<OrganizationForm> wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await OrganizationReach.FindBelowAsync(store, caller, wish.Parent, wish.Below ?? Guid.Empty, Permission, cancel);
        if (wish.Form is Outcome<OrganizationForm>.Done { Value.UseParentBalance: not null })
        {
            reached = reached.Then<Reached>(found => found.Access.May(Permission.ManageBilling, found.Parent!.Path)
                ? new Outcome<Reached>.Done(found)
                : new Outcome<Reached>.Refused(Access.Missing(Permission.ManageBilling)));
        }

        if (reached is not Outcome<Reached>.Done { Value.Organization: var organization })
        {
            return wish.Render(reached.Then<OrganizationSummary>(_ => throw new InvalidOperationException("It was reached.")));
        }

        var facts = await OrganizationReading.ReadAsync(store, organization, Instant.Now(clock), cancel);
        return await wish.RunAsync(writer, Locked(organization), organization.Id, async (edits, form) =>
            (await ChangeAsync(edits, organization, form, shown: null, caller)).Then<OrganizationSummary>(changed =>
                new Outcome<OrganizationSummary>.Done(OrganizationSummary.Of(facts.With(changed.Profile)))), cancel,
            async (edits, summary) => summary.After(await edits.BalancesAsync(organization.Id), ((Outcome<OrganizationForm>.Done)wish.Form).Value.UseParentBalance));
    }

    private static long[] Locked(Organization organization) => [organization.Id, .. organization.ParentId is { } parent ? new[] { parent } : []];

    private static async Task<Outcome<ChangedOrganization>> ChangeAsync(OrganizationEdits edits, Organization reached, OrganizationForm form, Profile? shown, Caller caller)
    {
        var errors = OrganizationFormRules.Instance.Errors(form);
        if (errors.Length > 0)
        {
            return new Outcome<ChangedOrganization>.Invalid(errors);
        }

        var before = await edits.FindAsync(reached.Id) ?? throw new InvalidOperationException("Organizations are not taken away.");
        if (before.ParentId != reached.ParentId || (shown is not null && IsStale(before, shown, form)))
        {
            return new Outcome<ChangedOrganization>.Stale("Somebody changed it meanwhile. Nothing was changed now.");
        }

        var after = before with
        {
            Name = form.Name?.Trim() ?? before.Name,
            Features = before.Features.After(form.Features),
            Config = before.Config.After(form.Config),
        };
        var parent = before.ParentId is { } above ? await edits.FindAsync(above) : null;
        if (Delegation.Refusal(before.Features, after.Features, parent) is { } lacking)
        {
            return new Outcome<ChangedOrganization>.Invalid(lacking);
        }

        var below = await WriteAsync(edits, before, after, caller);
        edits.Then = Configuration(before, after, below, form.UseParentBalance, caller);
        return new Outcome<ChangedOrganization>.Done(new ChangedOrganization(after, below));
    }

    /// <summary>What money decisions read of it is the writer's to change: overdraft, here and below, and who pays. Null where none of it changes.</summary>
    private static ConfigureOrganizations? Configuration(Profile before, Profile after, ImmutableArray<Profile> below, bool? useParentBalance, Caller caller)
    {
        var key = $"configure:{Guid.NewGuid():N}";
        var each = ImmutableArray.CreateBuilder<ConfigureOrganization>();
        var overdraft = after.Features.Has(Feature.AllowOverdraft);
        if (overdraft != before.Features.Has(Feature.AllowOverdraft) || useParentBalance is not null)
        {
            each.Add(new ConfigureOrganization(caller.Actor, key, new OrganizationId(after.Id))
            {
                AllowOverdraft = overdraft,
                UseParentBalance = useParentBalance,
                Parent = after.ParentId is { } parent ? new OrganizationId(parent) : null,
            });
        }

        if (before.Features.Has(Feature.AllowOverdraft) && !overdraft)
        {
            each.AddRange(below.Select(lost => new ConfigureOrganization(caller.Actor, $"{key}:{lost.Id}", new OrganizationId(lost.Id)) { AllowOverdraft = false }));
        }

        return each.Count == 0 ? null : new ConfigureOrganizations(caller.Actor, key, each.ToImmutable());
    }

    /// <summary>Only what the form names counts: somebody's other change meanwhile is no reason to refuse this one.</summary>
    private static bool IsStale(Profile now, Profile shown, OrganizationForm form) =>
        (form.Name is not null && now.Name != shown.Name)
        || form.Features.Keys.Any(feature => now.Features.Has(feature) != shown.Features.Has(feature))
        || (form.Config.Email.IsSent && now.Config.Email != shown.Config.Email)
        || (form.Config.Address.IsSent && now.Config.Address != shown.Config.Address)
        || (form.Config.TermsUrl.IsSent && now.Config.TermsUrl != shown.Config.TermsUrl)
        || (form.Config.PrivacyUrl.IsSent && now.Config.PrivacyUrl != shown.Config.PrivacyUrl);

    /// <summary>Writes what differs, with an event for each part, and gives the organizations below that lost something.</summary>
    private static async Task<ImmutableArray<Profile>> WriteAsync(OrganizationEdits edits, Profile before, Profile after, Caller caller)
    {
        var who = await edits.NameOfAsync(caller.UserId);
        if (after.Name != before.Name)
        {
            await edits.RenameAsync(after.Id, after.Name);
            await edits.TellAsync(after.Id, "renamed", $"Renamed from “{before.Name}” to “{after.Name}” by {who}.");
        }

        if (after.Config != before.Config)
        {
            await edits.SetConfigAsync(after.Id, after.Config);
            await edits.TellAsync(after.Id, "config_changed", $"Contacts changed by {who}.");
        }

        if (after.Features == before.Features)
        {
            return [];
        }

        await edits.SetFeaturesAsync(after.Id, after.Features);
        await edits.TellAsync(after.Id, "features_changed", $"Features changed by {who}. {Delegation.Words(before.Features, after.Features)}");
        return await TakeBelowAsync(edits, after, before.Features.Without(after.Features));
    }

    private static async Task<ImmutableArray<Profile>> TakeBelowAsync(OrganizationEdits edits, Profile organization, FeatureSet taken)
    {
        if (taken == FeatureSet.None)
        {
            return [];
        }

        var lost = ImmutableArray.CreateBuilder<Profile>();
        foreach (var below in await edits.BelowAsync(organization))
        {
            var left = below.Features.Without(taken);
            if (left != below.Features)
            {
                await edits.SetFeaturesAsync(below.Id, left);
                await edits.TellAsync(below.Id, "features_changed", $"Features no longer given from above. {Delegation.Words(below.Features, left)}");
                lost.Add(below with { Features = left });
            }
        }

        return lost.ToImmutable();
    }
}

/// <summary>An organization after a change.</summary>
/// <param name="Profile">As it is now.</param>
/// <param name="Below">The organizations below it that lost features with it.</param>
public sealed record ChangedOrganization(Profile Profile, ImmutableArray<Profile> Below);
