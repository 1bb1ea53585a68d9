using System.Collections.Immutable;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Plans;
using BillingPortal.Tests.Domain.Plans;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Laws;

/// <summary>What the wizard says is due is what is charged, booked and invoiced, whatever is changed into what, and when.</summary>
public sealed class PlanLaws
{
    private static readonly string[] Currencies = ["JPY", "USD", "KWD"];

    private static readonly Gen<SubscriptionWish.Choose> Plans =
        from plan in Gen.Elements("free", "standard", "advanced", "weekly", "yearly", "daily", "team", "enterprise")
        from seats in Gen.Choose(1, 40)
        select new SubscriptionWish.Choose(plan, plan == "team" ? seats : 1);

    private static readonly Gen<Coupon?> Coupons = Gen.OneOf(
        Gen.Constant<Coupon?>(null),
        from share in Gen.Choose(1, 10_000) from duration in Gen.Elements(Enum.GetValues<CouponDuration>()) select (Coupon?)PlanWorld.Percent("OFF", share, duration, 2),
        from minor in Gen.Choose(1, 30_000)
        from duration in Gen.Elements(Enum.GetValues<CouponDuration>())
        select (Coupon?)new Coupon("OFF", new CouponTerms(0, Currencies.ToImmutableSortedDictionary(code => code, code => minor * Currency.Of(code).MinorUnit), duration, 2, []), null, null));

    private static readonly Gen<Case> Cases =
        from currency in Gen.Elements(Currencies)
        from vat in Gen.Elements(-1, 0, 700, 1_000, 2_550)
        from agreed in Gen.Choose(0, 90_000)
        from first in Plans
        from firstCoupon in Coupons
        from trial in Gen.Elements(false, false, true)
        from days in Gen.Choose(0, 430)
        from card in Gen.Elements(true, true, true, false)
        from then in Plans
        from coupon in Coupons
        select new Case(currency, vat, agreed, first, firstCoupon, trial, days, card, then, coupon);

    [Fact]
    public void What_the_wizard_says_is_due_is_what_is_booked_and_invoiced() => Prop.ForAll(Cases.ToArbitrary(), made =>
    {
        var desk = made.Open();
        var outlook = desk.Foresee(made.Then with { Coupon = desk.Coupon?.Code }, out var decision);
        var entries = decision is null ? [] : desk.Take(decision);
        var fault = outlook is null ? entries.Count > 0 ? "something was booked that nobody was shown" : null : Fault(made, outlook, entries, desk);
        return (fault is null).Label($"{fault}: {made}").Classify(outlook?.Today is not null, "charged today").Classify(outlook?.OnAccount > 0, "owed").Classify(outlook is null, "refused or nothing");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void What_the_wizard_says_of_the_next_period_is_what_its_renewal_charges() => Prop.ForAll(Cases.ToArbitrary(), made =>
    {
        var desk = made.Open();
        desk.HasCard = true;
        var outlook = desk.Foresee(made.Then with { Coupon = desk.Coupon?.Code }, out var decision);
        if (outlook is null || decision is null)
        {
            return true.ToProperty();
        }

        desk.Take(decision);
        var charged = desk.PassTo(outlook.Upcoming?.Days.Start ?? desk.Today.AddDays(62)).Where(entry => entry.Kind == EntryKind.Fee).SelectMany(entry => entry.Postings).Where(line => line.Account.Kind == AccountKind.PlanFees).Sum(line => line.Amount);
        return (charged == (outlook.Upcoming?.Net ?? 0)).Label($"said {outlook.Upcoming?.Net}, charged {charged}: {made}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void A_declined_card_books_nothing_and_changes_nothing() => Prop.ForAll(Cases.ToArbitrary(), made =>
    {
        var desk = made.Open();
        var before = desk.Subscription;
        if (desk.Foresee(made.Then with { Coupon = desk.Coupon?.Code }, out var decision) is not { Today: not null })
        {
            return true.ToProperty();
        }

        var entries = desk.Take(decision!, paid: false);
        return (entries.Count == 0 && ReferenceEquals(desk.Subscription, before) && desk.Fee!.State == FeeState.Declined).ToProperty();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_wished_paid_declined_and_left_to_time_the_books_are_what_was_invoiced_and_owed() => Prop.ForAll(
        Gen.Elements(Currencies).ToArbitrary(), (from plan in Plans from coupon in Coupons from days in Gen.Choose(0, 45) from act in Gen.Choose(0, 9) from paid in Gen.Choose(0, 3) select (plan, coupon, days, act, paid > 0)).ListOf().ToArbitrary(), (currency, steps) =>
        {
            var desk = new PlanDesk(currency, vat: null);
            foreach (var (plan, coupon, days, act, paid) in steps)
            {
                desk.Coupon = coupon is null ? null : coupon with { Code = "OFF" + desk.Entries.Count };
                desk.PassTo(desk.Today.AddDays(days), paid);
                desk.PayNow(paid);
                SubscriptionWish wish = act switch
                {
                    0 => new SubscriptionWish.Cancel(),
                    1 => new SubscriptionWish.Resume(),
                    2 => new SubscriptionWish.StartTrial("advanced"),
                    3 => new SubscriptionWish.EndTrial(desk.Coupon?.Code),
                    4 => new SubscriptionWish.Upgrade(),
                    _ => plan with { Coupon = desk.Coupon?.Code },
                };
                desk.Foresee(wish, out var decision);
                if (decision is not null)
                {
                    desk.Take(decision, paid);
                }
            }

            long Balance(AccountKind kind) => desk.State.BalanceOf(kind);
            return Balance(AccountKind.PlanFees) == desk.Invoices.Sum(invoice => invoice.Net) && Balance(AccountKind.TaxPayable) == desk.Invoices.Sum(invoice => invoice.Tax)
                && -Balance(AccountKind.PaymentsClearing) == desk.Invoices.Sum(invoice => invoice.Prepayments.Sum(paid => paid.Amount)) && desk.Invoices.All(invoice => invoice.Due == 0)
                && -Balance(AccountKind.CreditsGranted) == Balance(AccountKind.Monthly) + Balance(AccountKind.Breakage) && desk.State.Accounts.Values.Sum(account => account.Balance) == 0;
        }).QuickCheckThrowOnFailure();

    private static string? Fault(Case made, PlanOutlook outlook, IReadOnlyList<EntryDraft> entries, PlanDesk desk)
    {
        var fees = entries.Where(entry => entry.Kind == EntryKind.Fee).ToList();
        long Booked(AccountKind kind) => fees.Sum(entry => entry.Postings.Where(line => line.Account.Kind == kind).Sum(line => line.Amount));
        if (outlook.Today is not { } today)
        {
            return (Booked(AccountKind.PlanFees), -Booked(AccountKind.UnbilledReceivable), Booked(AccountKind.PaymentsClearing)) == (outlook.OnAccount, outlook.OnAccount, 0) ? null : "what is owed is not what was shown";
        }

        var minor = Currency.Of(made.Currency).MinorUnit;
        return today.Lines.Sum(line => line.Amount) + today.TaxAmount != today.Total ? "the lines do not make the total"
            : today.Total <= 0 || today.Lines.Any(line => line.Amount % minor != 0) || today.Total % minor != 0 ? "not an amount that a card can be charged"
            : fees.Count != 1 ? "not one entry"
            : -Booked(AccountKind.PaymentsClearing) != today.Total ? "the card is charged another amount"
            : Booked(AccountKind.PlanFees) != today.Net || Booked(AccountKind.TaxPayable) != today.TaxAmount ? "fee or tax is booked otherwise"
            : desk.Invoices[^1] is var invoice && (invoice.Net != today.Net || invoice.Tax != today.TaxAmount || invoice.Due != 0 || invoice.Prepayments.Single().Amount != today.Total) ? "the invoice says another amount"
            : desk.Subscription!.Paid?.Net != today.PaidNet ? "what is given back later is not what was paid"
            : null;
    }

    private sealed record Case(string Currency, int Vat, int Agreed, SubscriptionWish.Choose First, Coupon? FirstCoupon, bool Trial, int Days, bool Card, SubscriptionWish.Choose Then, Coupon? Coupon)
    {
        /// <summary>A desk at which the first plan was chosen, and tried another if so, and time has passed.</summary>
        public PlanDesk Open()
        {
            var currency = BillingPortal.Domain.Currency.Of(Currency);
            var desk = new PlanDesk(Currency, Vat < 0 ? null : new VatRate(1, "DE", "Chosen", Vat, new DateOnly(2020, 1, 1), null, IsStandard: true)) { Coupon = FirstCoupon };
            Do(desk, new SubscriptionWish.Agree(PlanPrice.Of(PriceKind.Flat, PlanInterval.Month, new Money(Agreed * currency.MinorUnit, currency))));
            Do(desk, First with { Coupon = FirstCoupon?.Code });
            desk.PassTo(desk.Today.AddDays(Days - 7));
            if (Trial)
            {
                Do(desk, new SubscriptionWish.StartTrial("advanced"));
            }

            desk.PassTo(desk.Today.AddDays(Math.Min(7, Days)));
            (desk.HasCard, desk.Coupon) = (Card, Coupon is null ? null : Coupon with { Code = "LATER" });
            return desk;
        }

        private static void Do(PlanDesk desk, SubscriptionWish wish)
        {
            desk.Foresee(wish, out var decision);
            if (decision is not null)
            {
                desk.Take(decision);
            }
        }
    }
}
