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

/// <summary>Enters tariffs and their rates, and gives organizations the one they have. The platform's finance only: a tariff prices many.</summary>
public sealed class ManagingTariffs(IDbContextFactory<BillingStore> stores, OrganizationWriter writer) : ICapability
{
    private const int MaxName = 100;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Enters a tariff.</summary>
    public Task<Outcome<Tariff>> AddAsync(Caller caller, string name, string currency, bool standard, CancellationToken cancel) => OnPlatformAsync(caller, () => writer.RunAsync<Tariff>([], async edits =>
    {
        var (named, register) = (name.Trim(), new TariffRegister(edits, caller.UserId));
        return named.Length is < 2 or > MaxName ? new Outcome<Tariff>.Invalid([new FieldError("Name", "out_of_range", "A name has 2 to 100 characters.")])
            : !Currency.TryOf(currency, out var kept) ? new Outcome<Tariff>.Invalid([new FieldError("Currency", "unknown", "The portal keeps no accounts in it.")])
            : await register.HasAsync(named, kept) ? new Outcome<Tariff>.Refused(new Refusal(RefusalCode.Taken, $"There is a tariff of this name in {currency} already. Nothing was added.", "Name"))
            : new Outcome<Tariff>.Done(await register.AddAsync(named, kept, standard));
    }, cancel), cancel);

    /// <summary>What adding a rate would come to now.</summary>
    public Task<Outcome<TariffRateChange>> PreviewAsync(Caller caller, long tariff, TariffRateWish wish, CancellationToken cancel) => OnPlatformAsync(caller, () => writer.RunAsync<TariffRateChange>([], async edits =>
        await PlanAsync(new TariffRegister(edits, caller.UserId), tariff, wish), cancel), cancel);

    /// <summary>Adds a rate, where it ends what was shown, and nothing else.</summary>
    public Task<Outcome<TariffRate>> AddRateAsync(Caller caller, long tariff, TariffRateWish wish, TariffRateChange shown, CancellationToken cancel) => OnPlatformAsync(caller, () => writer.RunAsync<TariffRate>([], async edits =>
    {
        var register = new TariffRegister(edits, caller.UserId);
        return await (await PlanAsync(register, tariff, wish)).ThenAsync<TariffRate>(async change => change.Ends.SequenceEqual(shown.Ends)
            ? new Outcome<TariffRate>.Done(await register.AddAsync(change))
            : new Outcome<TariffRate>.Stale("Somebody changed the tariff meanwhile, and it would end others than were shown. Nothing was added."));
    }, cancel), cancel);

    /// <summary>Gives an organization a tariff from a month on.</summary>
    public Task<Outcome<Tariff>> ChooseAsync(Caller caller, OrganizationId id, long tariff, BillingPeriod from, CancellationToken cancel) => OnPlatformAsync(caller, async () =>
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel) is not { } organization
            ? new Outcome<Tariff>.NotFound("There is no such organization.")
            : await writer.RunAsync<Tariff>([id.Value], async edits =>
            {
                var register = new RateRegister(edits, id.Value, caller.UserId);
                if (await new TariffRegister(edits, caller.UserId).FindAsync(tariff) is not { } found || found.Currency != organization.Money)
                {
                    return new Outcome<Tariff>.Invalid([new FieldError("Tariff", "invalid_reference", $"There is no such tariff in {organization.Currency}.")]);
                }

                if (await register.FirstOpenAsync(organization.TimeZone) is { } open && from.Number < open.Number)
                {
                    return new Outcome<Tariff>.Invalid([new FieldError("From", "out_of_range", "The month is closed.")]);
                }

                await register.ChooseAsync(found, from);
                return new Outcome<Tariff>.Done(found);
            }, cancel);
    }, cancel);

    private static async Task<Outcome<TariffRateChange>> PlanAsync(TariffRegister register, long tariff, TariffRateWish wish) => await register.FindAsync(tariff) is null
        ? new Outcome<TariffRateChange>.NotFound("There is no such tariff.")
        : TariffRates.Add(tariff, wish, await register.RatesAsync(tariff));

    private async Task<Outcome<T>> OnPlatformAsync<T>(Caller caller, Func<Task<Outcome<T>>> act, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.MayOnPlatform(Permission) ? await act() : new Outcome<T>.Refused(Access.Missing(Permission));
    }
}
