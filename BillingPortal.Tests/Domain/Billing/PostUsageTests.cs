using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using Shouldly;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class PostUsageTests
{
    private static readonly OrganizationId Acme = new(10_001);
    private static readonly BillingPeriod September = new(202409);
    private static readonly Instant Now = Instant.From(new(2024, 10, 3, 12, 0, 0, TimeSpan.Zero));
    private static readonly Instant MidSeptember = Instant.From(new(2024, 9, 18, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Postpaid_usage_becomes_a_receivable_effective_when_it_was_last_used()
    {
        var entry = Post(Holding(), Charge("S3", 5)).ShouldHaveSingleItem();

        Lines(entry).ShouldBe([(AccountKind.UnbilledReceivable, -5), (AccountKind.Revenue, 5)]);
        (entry.Kind, entry.Reason, entry.Service, entry.Period, entry.EffectiveAt)
            .ShouldBe((EntryKind.Charge, ReasonCode.UsageReported, "S3", 202409, MidSeptember));
    }

    [Fact]
    public void Charges_of_one_import_draw_on_what_the_ones_before_them_left()
    {
        var entries = Post(Holding((AccountKind.Monthly, 6), (AccountKind.Cash, 10)), Charge("A", 5), Charge("B", 5), Charge("C", 8));

        entries.SelectMany(Lines).Where(line => line.Kind != AccountKind.Revenue).ShouldBe(
        [
            (AccountKind.Monthly, -5), (AccountKind.Monthly, -1), (AccountKind.Cash, -4), (AccountKind.Cash, -6), (AccountKind.UnbilledReceivable, -2),
        ]);
    }

    [Fact]
    public void A_fact_beyond_what_a_prepaid_organization_holds_goes_to_overdraft_and_blocks_once()
    {
        var state = Holding((AccountKind.Bonus, 3)) with { ChargingModel = ChargingModel.Prepaid };
        var effects = Decide(state, [], Charge("A", 5), Charge("B", 5));

        effects.OfType<Effect.Post>().Select(post => Lines(post.Entry)).Last().ShouldBe([(AccountKind.Overdraft, -5), (AccountKind.Revenue, 5)]);
        effects.OfType<Effect.Block>().ShouldHaveSingleItem();
    }

    [Fact]
    public void What_is_given_back_undoes_the_newest_draws_first()
    {
        var entries = Post(Holding((AccountKind.Monthly, 6), (AccountKind.Cash, 10)), Charge("A", 8), Charge("B", 20), Charge("C", -16));

        entries[2].Kind.ShouldBe(EntryKind.ChargeCredit);
        Lines(entries[2]).ShouldBe([(AccountKind.Cash, 4), (AccountKind.UnbilledReceivable, 12), (AccountKind.Revenue, -16)]);
    }

    [Theory]
    [InlineData(ChargingModel.Postpaid, AccountKind.UnbilledReceivable)]
    [InlineData(ChargingModel.Prepaid, AccountKind.Bonus)]
    public void What_no_draw_is_left_for_never_becomes_cash(ChargingModel model, AccountKind rest)
    {
        var entry = Post(Holding() with { ChargingModel = model }, Charge("A", -7)).ShouldHaveSingleItem();

        Lines(entry).ShouldBe([(rest, 7), (AccountKind.Revenue, -7)], ignoreOrder: true);
    }

    [Fact]
    public void Draws_given_back_or_reversed_before_are_not_given_back_twice()
    {
        DrawLine[] draws =
        [
            Draw(1, EntryKind.Charge, AccountKind.Cash, -10), Draw(2, EntryKind.Charge, AccountKind.Cash, -4), Draw(3, EntryKind.Charge, AccountKind.Bonus, -5),
            Draw(4, EntryKind.Reversal, AccountKind.Cash, 4) with { ReversesSeq = 2 }, Draw(5, EntryKind.ChargeCredit, AccountKind.Bonus, 2),
        ];
        var entry = Decide(Holding() with { Seq = 5 }, draws, Charge("A", -20)).OfType<Effect.Post>().Single().Entry;

        Lines(entry).ShouldBe([(AccountKind.Cash, 10), (AccountKind.Bonus, 3), (AccountKind.UnbilledReceivable, 7), (AccountKind.Revenue, -20)], ignoreOrder: true);
    }

    [Fact]
    public void An_overdraft_repaid_since_is_not_raised_above_zero()
    {
        DrawLine[] draws = [Draw(1, EntryKind.Charge, AccountKind.Overdraft, -10)];
        var state = Holding((AccountKind.Overdraft, -4)) with { ChargingModel = ChargingModel.Prepaid, Blocked = BlockCause.UnfundedOverdraft, Seq = 3 };
        var effects = Decide(state, draws, Charge("A", -10));

        Lines(effects.OfType<Effect.Post>().Single().Entry)
            .ShouldBe([(AccountKind.Overdraft, 4), (AccountKind.Bonus, 6), (AccountKind.Revenue, -10)], ignoreOrder: true);
        effects.OfType<Effect.Unblock>().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_closed_periods_differences_go_to_the_next_open_one()
    {
        var october = September.Next.StartIn(TimeZoneInfo.Utc);
        var entry = Post(Holding() with { ClosedUntil = october }, Charge("A", 5)).ShouldHaveSingleItem();

        (entry.Period, entry.EffectiveAt).ShouldBe((202410, october));
    }

    [Fact]
    public void Differences_to_an_earlier_delivery_say_so_and_a_zero_makes_no_entry()
    {
        var command = Command(Charge("A", 5), Charge("B", 0));
        command = command with { Usage = [command.Usage[0] with { Again = [September] }] };
        var effects = ((Decision.Effects)command.Decide(View(Holding(), []))).Items;

        effects.OfType<Effect.Post>().ShouldHaveSingleItem().Entry.Reason.ShouldBe(ReasonCode.UsageRedelivered);
    }

    private static UsageCharge Charge(string service, long micros) => new(
        new(new("AWS", "1", "11"), service, September), default, ExactAmount.FromMicros(micros), micros, default, MidSeptember);

    private static DrawLine Draw(long seq, EntryKind kind, AccountKind account, long amount) =>
        new(Acme, 202409, seq, kind, null, AccountKey.Of(account), amount);

    private static LedgerState Holding(params (AccountKind Kind, long Micros)[] balances) => new()
    {
        Organization = Acme,
        Currency = Currency.Usd,
        Accounts = balances.ToImmutableSortedDictionary(b => AccountKey.Of(b.Kind), b => new Account(AccountKey.Of(b.Kind), b.Micros)),
    };

    private static PostUsage Command(params UsageCharge[] charges) => new(Actor.System("import:1"), "import:1", 1) { Usage = [new(Acme, [.. charges], [])] };

    private static DecisionView View(LedgerState state, DrawLine[] draws) =>
        new(ImmutableSortedDictionary<OrganizationId, LedgerState>.Empty.Add(Acme, state), new Facts { Draws = [.. draws] }, Now);

    private static ImmutableArray<Effect> Decide(LedgerState state, DrawLine[] draws, params UsageCharge[] charges) =>
        ((Decision.Effects)Command(charges).Decide(View(state, draws))).Items;

    private static List<EntryDraft> Post(LedgerState state, params UsageCharge[] charges) =>
        Decide(state, [], charges).OfType<Effect.Post>().Select(post => post.Entry).ToList();

    private static List<(AccountKind Kind, long Amount)> Lines(EntryDraft entry) =>
        entry.Postings.Select(posting => (posting.Account.Kind, posting.Amount)).ToList();
}
