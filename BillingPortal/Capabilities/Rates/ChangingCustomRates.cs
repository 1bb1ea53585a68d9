using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Rates;

/// <summary>
/// Gives an organization a price of its own and takes it away again. Prices are given from above: nobody prices their own usage. Pages and programs
/// are this one command.
/// </summary>
public sealed class ChangingCustomRates(IDbContextFactory<BillingStore> stores, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>What the wish would come to now: the rate, and the older ones that it would end.</summary>
    public async Task<Outcome<CustomRateChange>> PreviewAsync(Caller caller, OrganizationId id, CustomRateWish wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, id, cancel)).ThenAsync(found => writer.RunAsync<CustomRateChange>([id.Value], edits => PlanAsync(Register(edits, caller, id), found, wish, edits.Now), cancel));
    }

    /// <summary>Adds it, where it ends what <paramref name="shown"/> said it would, and nothing else.</summary>
    public async Task<Outcome<CustomRate>> AddAsync(Caller caller, OrganizationId id, CustomRateWish wish, CustomRateChange shown, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, id, cancel)).ThenAsync(found => writer.RunAsync([id.Value], edits => AddAsync(edits, caller, found, wish, shown), cancel));
    }

    /// <summary>Contract 4's POST.</summary>
    public async Task<ApiAnswer> AddAsync(Caller caller, OrganizationId id, NumberedWish<CustomRateWish, GivenRate> wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await wish.RunAsync(writer, await ReachAsync(store, caller, id, cancel), async (edits, found, form) =>
            (await AddAsync(edits, caller, found, form, shown: null)).Then<GivenRate>(rate => new Outcome<GivenRate>.Done(new GivenRate(rate, found.Currency))), cancel);
    }

    /// <summary>Takes a rate away.</summary>
    public async Task<Outcome<CustomRate>> RemoveAsync(Caller caller, OrganizationId id, long rate, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, id, cancel)).ThenAsync(found => writer.RunAsync([id.Value], edits => RemoveAsync(edits, caller, found, rate), cancel));
    }

    /// <summary>Contract 4's DELETE.</summary>
    public async Task<ApiAnswer> RemoveAsync(Caller caller, OrganizationId id, NumberedWish<long, Acknowledged> wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await wish.RunAsync(writer, await ReachAsync(store, caller, id, cancel), async (edits, found, rate) =>
            (await RemoveAsync(edits, caller, found, rate)).Then<Acknowledged>(_ => new Outcome<Acknowledged>.Done(Acknowledged.It)), cancel);
    }

    private static async Task<Outcome<CustomRate>> AddAsync(OrganizationEdits edits, Caller caller, Organization found, CustomRateWish wish, CustomRateChange? shown)
    {
        var register = Register(edits, caller, new(found.Id));
        return await (await PlanAsync(register, found, wish, edits.Now)).ThenAsync<CustomRate>(async change => shown is not null && !change.Ends.SequenceEqual(shown.Ends)
            ? new Outcome<CustomRate>.Stale("Somebody changed the rates meanwhile, and it would end others than were shown. Nothing was added.")
            : new Outcome<CustomRate>.Done(await register.AddAsync(change, found.Money)));
    }

    private static async Task<Outcome<CustomRate>> RemoveAsync(OrganizationEdits edits, Caller caller, Organization found, long number)
    {
        var register = Register(edits, caller, new(found.Id));
        if ((await register.RatesAsync()).FirstOrDefault(rate => rate.Id == number && rate.State != CustomRateState.Deleted) is not { } rate)
        {
            return new Outcome<CustomRate>.NotFound("There is no such custom rate.");
        }

        return await CustomRates.Remove(rate, BillingPeriod.Of(edits.Now, found.Zone), edits.Now).ThenAsync<CustomRate>(async left =>
        {
            await register.RemoveAsync(left);
            return new Outcome<CustomRate>.Done(left);
        });
    }

    private static async Task<Outcome<CustomRateChange>> PlanAsync(RateRegister register, Organization found, CustomRateWish wish, Instant now) =>
        wish.Tariff is { } tariff && !await register.HasTariffAsync(tariff, found.Money)
            ? new Outcome<CustomRateChange>.Invalid([new FieldError("Tariff", "invalid_reference", $"There is no such tariff in {found.Currency}.")])
            : CustomRates.Add(wish, await register.RatesAsync(), found.Money, BillingPeriod.Of(now, found.Zone), await register.FirstOpenAsync(found.TimeZone));

    private static RateRegister Register(OrganizationEdits edits, Caller caller, OrganizationId id) => new(edits, id.Value, caller.UserId);

    private static async Task<Outcome<Organization>> ReachAsync(BillingStore store, Caller caller, OrganizationId id, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.ReachFromAbove(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission);
    }
}

/// <summary>A rate that was given.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Currency">The organization's currency.</param>
public sealed record GivenRate(CustomRate Rate, string Currency);
