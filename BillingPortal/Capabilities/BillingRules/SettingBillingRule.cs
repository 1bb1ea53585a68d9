using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.BillingRules;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>Sets recharge and cap of one organization, or of many at once, all or nothing.</summary>
public sealed class SettingBillingRule(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <summary>So many organizations can be set at once.</summary>
    public const int MostAtOnce = 200;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>What the form would do to these organizations now.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="organizations">Whose rules.</param>
    /// <param name="form">What is asked for.</param>
    /// <param name="key">The idempotency key under which it would be committed.</param>
    /// <param name="cancel">Gives up reading.</param>
    public async Task<Outcome<Preview>> PreviewAsync(
        Caller caller, ImmutableArray<OrganizationId> organizations, BillingRuleForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, organizations, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(
        Caller caller, ImmutableArray<OrganizationId> organizations, BillingRuleForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, organizations, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    private async Task<Outcome<SetBillingRule>> CommandAsync(
        Caller caller, ImmutableArray<OrganizationId> ids, BillingRuleForm form, string key, CancellationToken cancel)
    {
        var errors = BillingRuleFormRules.Instance.Errors(form);
        if (!errors.IsEmpty)
        {
            return new Outcome<SetBillingRule>.Invalid(errors);
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var numbers = ids.Select(id => id.Value).Distinct().Take(MostAtOnce + 1).ToArray();
        var found = await store.Organizations.AsNoTracking().Where(o => numbers.Contains(o.Id)).OrderBy(o => o.Id).ToDictionaryAsync(o => o.Id, cancel);
        if (numbers.Length > MostAtOnce)
        {
            return new Outcome<SetBillingRule>.Refused(new Refusal(RefusalCode.TooLarge, "At most 200 organizations can be set at once. Nothing was changed.", null));
        }

        foreach (var number in numbers)
        {
            if (access.Reach(found.GetValueOrDefault(number), Permission) is var reached and not Outcome<Organization>.Done)
            {
                return reached.Then<SetBillingRule>(_ => throw new InvalidOperationException("The set of outcomes is closed."));
            }
        }

        return new Outcome<SetBillingRule>.Done(new SetBillingRule(caller.Actor, key)
        {
            Wishes = [.. found.Values.Select(organization => form.ToWish(new OrganizationId(organization.Id), organization.Money))],
            Limit = access.PlatformRole is { } role ? role.DailyLimit * Money.Unit : null,
        });
    }
}
