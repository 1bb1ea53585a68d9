using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>What plans do to ledgers: fees claimed and booked, credits granted (rules §1, §7). Shared by the commands about subscriptions.</summary>
internal static class PlanPaying
{
    /// <summary>How long a claim lasts: whoever died holding it is followed by another who asks with the same key.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Why nothing about its plan can be changed; null where it can.</summary>
    public static Decision? Refusal(LedgerState organization, LedgerState payer, OrganizationId? shown, bool spends) =>
        organization.Payer != shown ? Decision.No(RefusalCode.PayerChanged, "Another organization pays now than was shown.")
        : organization.Disabled ? Decision.No(RefusalCode.Disabled, "The organization is disabled.")
        : payer.Disabled && spends ? Decision.No(RefusalCode.Disabled, $"{payer.Name}, which pays, is disabled.")
        : payer.Currency != organization.Currency ? Decision.No(RefusalCode.CurrencyNotSupported, $"{payer.Name} pays in {payer.Currency}.")
        : null;

    /// <summary>
    /// Why the card of whoever pays is not charged; null where it can be. A bank that took back one payment takes back the next: after a dispute a card is
    /// charged when a person asks, and of itself only once the rule of recharges was saved.
    /// </summary>
    public static (string Code, string Message)? Obstacle(LedgerState organization, LedgerState payer, bool byPerson) =>
        organization.Disabled ? ("disabled", "The organization is disabled.")
        : payer.Disabled ? ("payer_disabled", $"{payer.Name}, which pays, is disabled.")
        : payer.Currency != organization.Currency ? ("payer_currency", $"{payer.Name}, which pays, pays in {payer.Currency}.")
        : payer.Rule.Card is not { Inactive: false } ? ("no_card", "There is no card that works.")
        : !byPerson && payer.Rule.Suspended == RechargeSuspension.Dispute ? ("disputed", "A card payment was disputed, so the card is charged only when a person asks.")
        : null;

    /// <summary>Claims a fee for the payment provider: whoever's claim commits asks it.</summary>
    public static void Submit(Course course, OrganizationId organization, OrganizationId payer, PlanFacts facts, Transition.Taken taken, bool byPerson, PlanCharge? upcoming, MoneyCommand command)
    {
        var card = course[payer].Rule.Card ?? throw new InvalidOperationException("Only a card is charged.");
        course.Add(new Effect.Fee(organization, new PlanFee
        {
            Number = facts.Fees + 1,
            State = FeeState.Submitted,
            ByPerson = byPerson,
            AskedBy = byPerson ? command.Actor : null,
            Payer = payer,
            CardId = card.Id,
            Charge = taken.Charge!,
            Next = taken.Next,
            Change = taken.Change,
            Grants = taken.Grants,
            Redeems = taken.Redeems,
            Unpaid = taken.Unpaid,
            Upcoming = upcoming,
            CommandKey = command.Key,
            CreatedAt = course.Now,
            DueAt = course.Now.Plus(Lease),
        }, new FeeStep("", $"{card} is charged.", command.Actor.Via)));
    }

    /// <summary>Changes the subscription at once: nothing is charged to a card. What is due on account is booked as owed.</summary>
    public static void Take(Course course, OrganizationId organization, OrganizationId payer, Transition.Taken taken, PlanView plans)
    {
        if (taken.Charge is { } charge)
        {
            Book(course, organization, payer, taken.Next, charge, "");
        }

        var next = Grant(course, organization, payer, plans.Subscription, taken.Next, taken.Grants, plans.Catalogue);
        var foreseen = Charges.Foreseen(plans, next);
        course.Add(new Effect.SetSubscription(organization, next, taken.Change) { Upcoming = foreseen.FirstOrDefault(), Then = [.. foreseen.Skip(1)] });
    }

    /// <summary>Books a fee in the payer's ledger: from the card through clearing, or as owed. Gives the entry's number.</summary>
    public static long Book(Course course, OrganizationId organization, OrganizationId payer, Subscription next, PlanCharge charge, string payment)
    {
        var against = charge.OnAccount ? AccountKind.UnbilledReceivable : AccountKind.PaymentsClearing;
        Consequences.Post(course, payer, new EntryDraft(EntryKind.Fee, ReasonCode.PlanFee,
        [
            new(AccountKey.Of(against), -charge.Total),
            new(AccountKey.Of(AccountKind.PlanFees), charge.Net),
            new(AccountKey.Of(AccountKind.TaxPayable), charge.TaxAmount),
        ])
        {
            Service = "plan:" + charge.Plan,
            Detail = JsonSerializer.Serialize(new
            {
                rule = "plan-fee/1",
                organization = organization.Value,
                plan = next.Plan,
                version = next.PlanVersion,
                seats = next.Seats,
                from = charge.Days.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                to = charge.Days.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                lines = charge.Lines.Select(line => new { kind = line.Kind.ToString().ToLowerInvariant(), text = line.Text, detail = line.Detail, amount = line.Amount }),
                tax = new { words = charge.TaxWords, amount = charge.TaxAmount },
                payment,
            }, Json),
        });

        // What follows of itself posts no entry.
        return course[payer].Seq;
    }

    /// <summary>
    /// Grants a period's credits in the ledger that pays: monthly ones that lapse with the period, and lasting ones. Where it cuts off another period, what is
    /// left of that one's monthly credits lapses. Gives the subscription that knows of them.
    /// </summary>
    public static Subscription Grant(Course course, OrganizationId organization, OrganizationId payer, Subscription before, Subscription next, bool grants, PlanCatalogue catalogue)
    {
        if (!grants || next.Period is not { } period)
        {
            return next;
        }

        var terms = catalogue.Of(next.Plan, next.PlanVersion).Terms;
        var (monthly, lasting) = (terms.MonthlyIn(course[payer].Currency), terms.LastingIn(course[payer].Currency));
        var lot = AccountKey.Of(AccountKind.Monthly, course[payer].Accounts.Keys.Where(key => key.Kind == AccountKind.Monthly).Select(key => key.Lot).DefaultIfEmpty(0).Max() + 1);
        if (monthly + lasting > 0)
        {
            Consequences.Post(course, payer, new EntryDraft(EntryKind.Grant, ReasonCode.PlanCredits,
            [
                new(AccountKey.Of(AccountKind.CreditsGranted), -(monthly + lasting)),
                new(lot, monthly),
                new(AccountKey.Of(AccountKind.Bonus), lasting),
            ])
            {
                KeySuffix = ":credits",
                Lapses = System.Collections.Immutable.ImmutableDictionary<AccountKey, Instant>.Empty.Add(lot, LocalTime.FirstMomentOf(period.End, course[organization].Zone)),
                Detail = JsonSerializer.Serialize(new
                {
                    rule = "plan-credits/1",
                    organization = organization.Value,
                    plan = next.Plan,
                    version = next.PlanVersion,
                    from = period.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    to = period.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                }, Json),
            });
        }

        if (before is { Granted: { } cut, Period: { } old } && cut.Payer == payer && old.End > period.Start
            && AccountKey.Of(AccountKind.Monthly, cut.Lot) is var held && course[payer].BalanceOf(held) is > 0 and var left)
        {
            Consequences.Post(course, payer, new EntryDraft(EntryKind.Expiry, ReasonCode.CreditsExpired, [new(held, -left), new(AccountKey.Of(AccountKind.Breakage), left)])
            {
                KeySuffix = ":cut",
                Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"plan-credits-cut/1","organization":{{organization.Value}}}"""),
            });
        }

        return next with { Granted = monthly + lasting > 0 ? new GrantedCredits(payer, lot.Lot, monthly, lasting) : null };
    }
}
