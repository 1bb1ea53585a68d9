using System.Collections.Immutable;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

/// <summary>The commands that the wizard previews and commits, in the store: what they showed is in journal and invoice, and every law holds over it.</summary>
public sealed class PlanBooksTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task What_was_shown_is_booked_and_invoiced_with_its_tax_whatever_the_currency_and_the_history_names_who_asked(DatabaseKind kind)
    {
        await using var house = await PlanHouse.OpenAsync(databases, kind);
        await SellInDinarsAsync(house);
        await house.CouponAsync(PlanCoupon);
        var mara = await house.Stores.PersonAsync("Mara", "FINANCE");
        foreach (var (currency, country) in new[] { ("USD", "DE"), ("JPY", "FR"), ("KWD", "DE") })
        {
            house.Clock.MoveTo(new DateTimeOffset(2027, 11, 1, 9, 0, 0, TimeSpan.Zero));
            var acme = await house.Ledger.OrganizationAsync(name: "Acme " + currency, shape: o => o.Currency = currency);
            await house.Ledger.BilledInAsync(acme, country);
            await house.CardAsync(acme);
            await ShownIsBookedAsync(house, mara, acme, new SubscriptionWish.Choose("standard"));
            house.Clock.MoveTo(new DateTimeOffset(2027, 11, 20, 9, 0, 0, TimeSpan.Zero));
            await ShownIsBookedAsync(house, mara, acme, new SubscriptionWish.Choose("advanced", 1, "SCALE10"));
            await house.AtAsync(2027, 12, 1);
            (await house.FeesAsync(acme)).Select(fee => (FeeState)fee.State).ShouldBe([FeeState.Paid, FeeState.Paid, FeeState.Paid]);
            await using var store = house.Stores.CreateDbContext();
            (await store.SubscriptionChanges.Where(change => change.OrganizationId == acme.Value).OrderBy(change => change.Version).Select(change => change.Actor).ToListAsync())
                .ShouldBe(["user:Mara", "user:Mara", "system"]);
        }

        await house.Ledger.LawsHoldAsync();
    }

    private static Coupon PlanCoupon => new("SCALE10", new CouponTerms(1_000, ImmutableSortedDictionary<string, long>.Empty, CouponDuration.Repeating, 3, []), null, null);

    private static async Task ShownIsBookedAsync(PlanHouse house, Caller caller, OrganizationId organization, SubscriptionWish wish)
    {
        var command = (await house.Changing.CommandAsync(caller, organization, wish, house.Ledger.NextKey(), default)).ShouldBeOfType<Outcome<ChangeSubscription>.Done>().Value;
        var preview = (await house.Ledger.Writer.PreviewAsync(command, default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        var shown = PlanOutlook.Of(preview, organization)!.Today!;
        shown.TaxAmount.ShouldBeGreaterThan(0);
        (await house.Changing.CommitAsync(caller, command, Agreement.To(preview), default)).ShouldBeOfType<Outcome<PlanReceipt>.Done>();
        (await house.Changing.CommitAsync(caller, command, Agreement.To(preview), default)).ShouldBeOfType<Outcome<PlanReceipt>.Done>("the same submit again is the same submit");

        var fee = (await house.FeesAsync(organization))[^1];
        await using var store = house.Stores.CreateDbContext();
        var lines = await store.Postings.Where(line => line.OrganizationId == organization.Value && line.Seq == fee.SettledSeq).Select(line => new { Kind = (AccountKind)(line.Account % 100), line.Amount }).ToListAsync();
        lines.ToDictionary(line => line.Kind, line => line.Amount).ShouldBe(new Dictionary<AccountKind, long>
        {
            [AccountKind.PaymentsClearing] = -shown.Total, [AccountKind.PlanFees] = shown.Net, [AccountKind.TaxPayable] = shown.TaxAmount,
        }, ignoreOrder: true);
        var ordinal = await store.Invoices.Where(invoice => invoice.OrganizationId == organization.Value).MaxAsync(invoice => invoice.Ordinal);
        var (_, document) = await house.Ledger.InvoiceAsync(organization, ordinal);
        (document.Net, document.Tax, document.Due, document.Lines.Sum(line => line.Amount) - document.Discounts.Sum(discount => discount.Amount)).ShouldBe((shown.Net, shown.TaxAmount, 0, shown.Net));
    }

    /// <summary>Sells the plans in a currency of three decimals, too, from the beginning.</summary>
    private static async Task SellInDinarsAsync(PlanHouse house)
    {
        await using var store = house.Stores.CreateDbContext();
        foreach (var (code, micros) in new[] { ("standard", 6_145_000L), ("advanced", 30_407_000L) })
        {
            var terms = SeededPlans.Catalogue.Of(code, 1).Terms;
            var body = PlanJson.Write(terms with { Price = terms.Price with { Amounts = terms.Price.Amounts.Add("KWD", micros) } });
            await store.Database.ExecuteSqlAsync($"INSERT INTO plan_version (code, number, valid_from, terms, published_at, published_by) VALUES ({code}, 2, 1, {body}, 1, 'test')");
        }
    }
}
