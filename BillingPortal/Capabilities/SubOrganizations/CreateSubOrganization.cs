using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>
/// Creates a sub-organization below one that the caller administers. It keeps the parent's currency and zone, pays for itself, and gets
/// what the parent delegates of its own features.
/// </summary>
public sealed class CreateSubOrganization(IDbContextFactory<BillingStore> stores, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOrganizations;

    /// <summary>The number of the new organization; of the one that this form has made already, where it is submitted twice.</summary>
    public async Task<Outcome<OrganizationId>> RunAsync(Caller caller, OrganizationId parent, SubOrganizationForm form, CancellationToken cancel)
    {
        var reached = await ReachAsync(store => OrganizationReach.FindAsync(store, caller, parent, Permission, cancel), cancel);
        return await reached.ThenAsync(found => writer.RunAsync<OrganizationId>([found.Organization.Id], async edits =>
            (await CreateAsync(edits, found.Organization, form, caller)).Then<OrganizationId>(made => new Outcome<OrganizationId>.Done(new OrganizationId(made.Id))), cancel));
    }

    /// <summary>The same for a program.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, OrganizationWish<SubOrganizationForm> wish, CancellationToken cancel)
    {
        var reached = await ReachAsync(store => OrganizationReach.FindAsync(store, caller, wish.Parent, Permission, cancel), cancel);
        return reached is not Outcome<Reached>.Done { Value.Organization: var parent }
            ? wish.Render(reached.Then<OrganizationSummary>(_ => throw new InvalidOperationException("It was reached.")))
            : await wish.RunAsync(writer, [parent.Id], parent.Id, async (edits, form) =>
                (await CreateAsync(edits, parent, form, caller)).Then<OrganizationSummary>(made =>
                    new Outcome<OrganizationSummary>.Done(OrganizationSummary.Of(OrganizationFacts.New(made, WindowOf(made, edits.Now))))), cancel);
    }

    private static SpentWindow WindowOf(Organization organization, Instant now)
    {
        var (start, end) = SpendingCalendar.WindowOf(now, anchor: null, organization.Zone);
        return new SpentWindow(start, end, Spent: 0, Alerted: 0);
    }

    private static async Task<Outcome<Organization>> CreateAsync(OrganizationEdits edits, Organization parent, SubOrganizationForm form, Caller caller)
    {
        var errors = SubOrganizationFormRules.Instance.Errors(form).AddRange(OrganizationFormRules.Instance.Errors(form.Profile));
        if (errors.Length > 0)
        {
            return new Outcome<Organization>.Invalid(errors);
        }

        if (await edits.FindAsync(form.Uuid) is { } made)
        {
            return made.ParentId == parent.Id ? new Outcome<Organization>.Done(made) : new Outcome<Organization>.Refused(new Refusal(RefusalCode.Taken, "This form has made another organization already. Begin a new one."));
        }

        var above = await edits.FindAsync(parent.Id) ?? throw new InvalidOperationException("Organizations are not taken away.");
        var wanted = FeatureSet.None.After(form.Profile.Features);
        if (Delegation.Refusal(FeatureSet.None, wanted, above) is { } lacking)
        {
            return new Outcome<Organization>.Invalid(lacking);
        }

        var organization = Draft(form, parent, wanted);
        if (form.SubAccount.Trim() is { Length: > 0 } subAccount && await BilledAsync(edits, organization, parent, subAccount) is { } unbilled)
        {
            return unbilled;
        }

        await edits.AddAsync(organization);
        var who = await edits.NameOfAsync(caller.UserId);
        await edits.TellAsync(organization.Id, "created", $"Created by {who}.");
        await edits.TellAsync(parent.Id, "sub_organization_created", $"Sub-organization {organization.Name} ({organization.Id}) created by {who}.");
        return new Outcome<Organization>.Done(organization);
    }

    private static Organization Draft(SubOrganizationForm form, Organization parent, FeatureSet features)
    {
        var config = OrganizationConfig.Empty.After(form.Profile.Config);
        return new Organization
        {
            Uuid = form.Uuid,
            Name = form.Profile.Name!.Trim(),
            ParentId = parent.Id,
            Currency = parent.Currency,
            TimeZone = parent.TimeZone,
            ChargingModel = form.Model,
            Features = features.Stored,
            AllowOverdraft = features.Has(Feature.AllowOverdraft),
            ContactEmail = config.Email,
            ContactAddress = config.Address,
            TermsUrl = config.TermsUrl,
            PrivacyUrl = config.PrivacyUrl,
        };
    }

    /// <summary>
    /// Imports will find it by the sub-account within the billing account of the nearest organization above that has one: nobody can lay claim to
    /// another customer's usage. The outcome that keeps it from being created, or null.
    /// </summary>
    private static async Task<Outcome<Organization>?> BilledAsync(OrganizationEdits edits, Organization organization, Organization parent, string subAccount)
    {
        if (await edits.BillingAccountAboveAsync(parent.Path) is not var (provider, account))
        {
            return new Outcome<Organization>.Invalid([new FieldError("SubAccount", "no_billing_account", "No organization above it came from a provider's bill, so imports could not find it. Leave it empty.")]);
        }

        (organization.Provider, organization.BillingAccountId, organization.SubAccountId) = (provider, account, subAccount);
        return await edits.IsBilledAsync(provider, account, subAccount)
            ? new Outcome<Organization>.Refused(new Refusal(RefusalCode.Taken, $"Imports find another organization by the sub-account {subAccount} already.", "SubAccount"))
            : null;
    }

    private async Task<Outcome<Reached>> ReachAsync(Func<BillingStore, Task<Outcome<Reached>>> reach, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await reach(store);
    }
}
