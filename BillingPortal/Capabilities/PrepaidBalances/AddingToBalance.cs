using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>
/// Adds to a prepaid balance. It makes value that the platform owes, so that only who may raise cash does it; a reseller moves what it has by transfer
/// (decision 0024). A payment that names its identifier is booked once, whoever sends it.
/// </summary>
public sealed class AddingToBalance(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.RaiseCash;

    /// <summary>What the form would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, AddToBalanceForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, AddToBalanceForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(async command => Booked(await writer.RunAsync(command, agreement, cancel), command, mine: true));

    /// <summary>Contract 4's POST.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, OrganizationId id, ApiWish<AddToBalanceForm> wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = await ReachAsync(store, access, id, cancel);
        if (reached is not Outcome<Organization>.Done { Value: var organization })
        {
            return wish.Answer(reached);
        }

        AddToBalance? command = null;
        var form = wish.Form.Then<AddToBalanceForm>(asked => Checked(asked, organization));
        var asked = wish with { Form = form, Render = (outcome, of, after) => wish.Render(command is null ? outcome : Booked(outcome, command, mine: false), of, after) };
        return await asked.RunAsync(writer, organization, caller.Actor, (given, key) => command = Of(caller, given, key, organization, access), cancel);
    }

    private async Task<Outcome<AddToBalance>> CommandAsync(Caller caller, OrganizationId id, AddToBalanceForm form, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return (await ReachAsync(store, access, id, cancel)).Then<AddToBalance>(organization =>
            Checked(form, organization).Then<AddToBalance>(valid => new Outcome<AddToBalance>.Done(Of(caller, valid, key, organization, access))));
    }

    private static async Task<Outcome<Organization>> ReachAsync(BillingStore store, Access access, OrganizationId id, CancellationToken cancel) =>
        access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission);

    private static Outcome<AddToBalanceForm> Checked(AddToBalanceForm form, Organization organization) =>
        AddToBalanceFormRules.Instance.Errors(form) is { IsEmpty: false } errors ? new Outcome<AddToBalanceForm>.Invalid(errors)
        : form.Currency is { } named && named != organization.Currency ? new Outcome<AddToBalanceForm>.Refused(new Refusal(RefusalCode.CurrencyNotSupported,
            $"{organization.Name} keeps {organization.Currency} and nothing else. Nothing was added."))
        : new Outcome<AddToBalanceForm>.Done(form);

    private static AddToBalance Of(Caller caller, AddToBalanceForm form, string key, Organization organization, Access access)
    {
        var reference = form.Reference.Trim();
        return new AddToBalance(caller.Actor, reference.Length > 0 ? AddToBalance.KeyOf(reference) : key, new OrganizationId(organization.Id))
        {
            Amount = Money.Of(form.Amount!.Value, organization.Money).Micros,
            Type = form.Type,
            PaymentOption = form.PaymentOption,
            Reference = reference,
            Comment = form.Comment.Trim(),
            Limit = access.PlatformRole!.DailyLimit * Money.Unit,
        };
    }

    /// <summary>A payment that was booked before is no second one, and whoever sends it must hear so; a page that asks again after a lost answer sees its receipt.</summary>
    private static Outcome<Receipt> Booked(Outcome<Receipt> outcome, AddToBalance command, bool mine)
    {
        var again = outcome is Outcome<Receipt>.Refused { Refusal.Code: RefusalCode.KeyReused } || (!mine && outcome is Outcome<Receipt>.Done { Value.Replayed: true });
        return command.Reference.Length > 0 && again
            ? new Outcome<Receipt>.Refused(new Refusal(RefusalCode.Taken, $"The payment {command.Reference} was booked before. Nothing was added.", nameof(AddToBalanceForm.Reference)))
            : outcome;
    }
}
