using System.Text.Json;
using BillingPortal.Capabilities.BuyingCredits;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.BuyingCredits;

/// <summary>Paying for credits, whatever the provider and the person do.</summary>
public sealed class CheckoutTests(TestDatabases databases)
{
    private const string Pays = "4242424242424242", Declines = "4000000000000341", AnswerLost = "4000000000009900", Confirms = "4000002760003184", ToldTwice = "4000000000009905";

    [Theory, BothDatabases]
    public async Task Credits_are_booked_once_whatever_is_lost_repeated_or_late(DatabaseKind kind)
    {
        await using var house = await CheckoutHouse.OpenAsync(databases, kind);
        var (pays, declines, lost, twice) = (await house.CardAsync(Pays), await house.CardAsync(Declines), await house.CardAsync(AnswerLost), await house.CardAsync(ToldTwice));
        await house.Cards.Ledger.RunAsync(house.Cards.Ledger.Charge(house.Cards.Acme, 8, ChargeMode.Fact));

        // A declining card leaves it open; another pays it, an overdraft first; paying or reloading again books nothing.
        var first = await house.BeginAsync();
        (await house.PayAsync(first, declines)).ShouldBeOfType<Outcome<Receipt>.Done>();
        var failed = (await house.ReadAsync(first)).Checkout;
        (failed.State, failed.FailureCode, await house.BooksAsync()).ShouldBe((CheckoutState.Open, "generic_decline", (0, 0)));
        (await house.PayAsync(first, pays, "same")).ShouldBeOfType<Outcome<Receipt>.Done>();
        await house.Paying.CommitAsync(house.Cards.Admin, house.Cards.Acme, new CheckoutWish(first, pays, "http://localhost/here"), Agreement.OfProgram, "same", default);
        (await house.PayAsync(first, pays)).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.NotDue);
        var paid = (await house.ReadAsync(first)).Checkout;
        (paid.State, paid.Attempt, await house.BooksAsync()).ShouldBe((CheckoutState.Paid, 2, (1, 42)));

        // The answer is lost: nobody can pay meanwhile, the engine asks with the same key, and whoever asked twice is booked once.
        var second = await house.BeginAsync();
        await house.PayAsync(second, lost);
        (await house.ReadAsync(second)).Checkout.State.ShouldBe(CheckoutState.Unknown);
        (await house.PayAsync(second, pays)).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.PaymentUnderWay);
        (await house.Executor.RunAsync(default)).ShouldBe(0);
        house.Cards.Clock.Advance(TimeSpan.FromMinutes(20));
        (await house.Executor.RunAsync(default), await house.Executor.RunAsync(default)).ShouldBe((1, 0));
        await house.Paying.LookAsync(house.Cards.Admin, house.Cards.Acme, second, default);
        (await house.BooksAsync()).ShouldBe((2, 92));

        // Its news come twice by webhook, after the answer.
        var third = await house.BeginAsync();
        await house.PayAsync(third, twice);
        await house.Cards.DeliverAsync();
        await house.Cards.DeliverAsync();
        (await house.BooksAsync()).ShouldBe((3, 142));
    }

    [Fact]
    public async Task A_holder_who_confirms_late_is_booked_and_one_who_never_does_is_charged_nothing()
    {
        await using var house = await CheckoutHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        var (pays, confirms) = (await house.CardAsync(Pays), await house.CardAsync(Confirms));

        // The holder confirms after it expired: it is booked all the same, once.
        var fourth = await house.BeginAsync();
        await house.PayAsync(fourth, confirms);
        var waiting = (await house.ReadAsync(fourth)).Checkout;
        (waiting.State, waiting.ConfirmPage, waiting.Page).ShouldBe((CheckoutState.AuthenticationNeeded, "/sandbox/payments/" + waiting.PaymentId, "http://localhost/here"));
        house.Cards.Clock.Advance(TimeSpan.FromHours(25));
        await house.Cards.Desk.ConfirmAsync(waiting.PaymentId!, passed: true, default);
        await house.Cards.DeliverAsync();
        await house.Paying.LookAsync(house.Cards.Admin, house.Cards.Acme, fourth, default);
        ((await house.ReadAsync(fourth)).Checkout.State, await house.BooksAsync()).ShouldBe((CheckoutState.Paid, (1, 50)));

        // Nobody confirms: it is taken back within the hour, and open for another card.
        var fifth = await house.BeginAsync();
        await house.PayAsync(fifth, confirms);
        house.Cards.Clock.Advance(SettleCheckout.ConfirmWithin);
        (await house.Executor.RunAsync(default)).ShouldBe(1);
        var back = (await house.ReadAsync(fifth)).Checkout;
        (back.State, back.FailureCode).ShouldBe((CheckoutState.Open, "canceled"));

        // Nobody begins to pay what has expired.
        house.Cards.Clock.Advance(Checkout.Lifetime);
        (await house.ReadAsync(fifth)).Expired.ShouldBeTrue();
        (await house.PayAsync(fifth, pays)).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Message.ShouldContain("expired");
        (await house.BooksAsync()).ShouldBe((1, 50));
    }

    [Fact]
    public async Task What_was_shown_is_what_is_charged_and_the_details_pass_to_the_provider()
    {
        await using var house = await CheckoutHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        var card = await house.CardAsync(Pays);
        await using (var store = house.Cards.Stores.CreateDbContext())
        {
            await store.Database.ExecuteSqlAsync($"INSERT INTO billing_details (organization_id, version, company_name, city, country, tax_id, tax_id_type, tax_status, updated_at) VALUES ({house.Cards.Acme.Value}, 1, 'Acme GmbH', 'Berlin', 'DE', 'DE136695976', 'eu_vat', 0, 1)");
        }

        var session = await house.BeginAsync(12.5m);
        var wish = new CheckoutWish(session, card, "http://localhost/here");
        var (claim, booked) = (await house.Paying.PreviewAsync(house.Cards.Admin, house.Cards.Acme, wish, "k", default)).ShouldBeOfType<Outcome<(Preview, Preview)>.Done>().Value;
        booked.Entries.Single().Postings.Select(posting => (posting.Account.Kind, posting.Amount)).ShouldBe([(AccountKind.Cash, 12_500_000), (AccountKind.PaymentsClearing, -12_500_000)], ignoreOrder: true);
        (await house.Paying.CommitAsync(house.Cards.Admin, house.Cards.Acme, wish, Agreement.To(claim), "k", default)).ShouldBeOfType<Outcome<Receipt>.Done>();

        await using var read = house.Cards.Stores.CreateDbContext();
        var entry = await read.Entries.SingleAsync();
        (entry.Kind, entry.Reason).ShouldBe(((int)EntryKind.TopUp, "credits_bought"));
        var kept = await read.Database.SqlQuery<string>($"""SELECT body AS "Value" FROM sandbox_object WHERE kind = 'details'""").SingleAsync();
        JsonSerializer.Deserialize<CustomerDetails>(kept).ShouldBe(new CustomerDetails("Acme GmbH", null, null, null, null, "Berlin", null, null, "DE", "eu_vat", "DE136695976"));
    }

    [Fact]
    public async Task Strangers_and_staff_without_the_permission_neither_see_nor_pay_it()
    {
        await using var house = await CheckoutHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        var card = await house.CardAsync(Pays);
        var session = await house.BeginAsync();
        var other = await house.Cards.Ledger.OrganizationAsync(name: "Other");
        var stranger = await house.Cards.Stores.PersonAsync("stranger", null, (other.Value, Role.Admin.Code));
        var staff = await house.Cards.Stores.PersonAsync("staff", null, (house.Cards.Acme.Value, Role.Staff.Code));

        (await house.Getting.RunAsync(stranger, house.Cards.Acme, session, default)).ShouldBeOfType<Outcome<CheckoutFile>.NotFound>();
        (await house.Getting.RunAsync(stranger, other, session, default)).ShouldBeOfType<Outcome<CheckoutFile>.NotFound>();
        (await house.Getting.RunAsync(staff, house.Cards.Acme, session, default)).ShouldBeOfType<Outcome<CheckoutFile>.Refused>();
        foreach (var caller in new[] { stranger, staff })
        {
            (await house.Paying.CommitAsync(caller, house.Cards.Acme, new CheckoutWish(session, card, "http://localhost/here"), Agreement.OfProgram, "k", default)).ShouldNotBeOfType<Outcome<Receipt>.Done>();
            (await house.Paying.LookAsync(caller, house.Cards.Acme, session, default)).ShouldNotBeOfType<Outcome<bool>.Done>();
        }

        (await house.BooksAsync()).ShouldBe((0, 0));
    }
}
