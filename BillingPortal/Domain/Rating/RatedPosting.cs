using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Rating;

/// <summary>The entries of rated usage: facts in the ledger that pays, tagged with who used it where that is another (rules §1, §2).</summary>
/// <param name="course">The decision in the making.</param>
/// <param name="organization">Who used it.</param>
/// <param name="payer">Whose ledger pays; null for its own.</param>
internal sealed class RatedPosting(Course course, OrganizationId organization, OrganizationId? payer)
{
    /// <summary>Whose ledger is charged.</summary>
    public OrganizationId Ledger { get; } = payer ?? organization;

    /// <summary>
    /// Posts what the exact amounts come to with what was carried, and what follows from it; the entry's number, and null where it comes to no
    /// millionth.
    /// </summary>
    public long? Post(RatedAmount amount, List<DrawLine> draws, ReasonCode reason, string keySuffix)
    {
        if (amount.PostedMicros == 0)
        {
            return null;
        }

        var state = course[Ledger];
        var entry = Draft(state, amount, draws.Where(draw => draw.Period == amount.Period.Number), reason) with { KeySuffix = keySuffix };
        Consequences.Post(course, Ledger, entry);
        if (entry.Period != amount.Period.Number)
        {
            course.Add(new Effect.BookLater(Ledger, state.Seq + 1, amount.Period));
        }

        draws.AddRange(entry.Postings.Where(line => ChartOfAccounts.IsCustomers(line.Account.Kind))
            .Select(line => new DrawLine(Ledger, amount.Period.Number, state.Seq + 1, entry.Kind, null, line.Account, line.Amount)));
        return state.Seq + 1;
    }

    private EntryDraft Draft(LedgerState state, RatedAmount amount, IEnumerable<DrawLine> draws, ReasonCode reason)
    {
        var posted = amount.PostedMicros;
        var (period, effectiveAt) = Open(state, amount);
        var lines = posted > 0 ? Drawn(state, posted) : GivenBack.Lines(state, draws, -posted);
        var revenue = payer is null ? AccountKey.Of(AccountKind.Revenue) : AccountKey.RevenueFrom(organization);
        return new EntryDraft(posted > 0 ? EntryKind.Charge : EntryKind.ChargeCredit, reason, [.. lines, new(revenue, posted)])
        {
            Service = amount.Service,
            Period = period.Number,
            EffectiveAt = effectiveAt,
            Detail = string.Create(CultureInfo.InvariantCulture,
                $$"""{"rule":"{{UsageRating.Rule}}","mode":"fact","rated":{{amount.Line}},"lines":{{amount.Lines}},"period":"{{amount.Period}}","delivered":"{{amount.Amount}}","before":"{{amount.Before}}","carried_out":"{{amount.CarriedOut}}"{{ConsumerDetail.Of(payer is null ? null : organization)}}}"""),
        };
    }

    private IEnumerable<PostingDraft> Drawn(LedgerState state, long amount)
    {
        var (lines, shortfall) = DrawDown.Take(state, amount, course.Now);
        var last = state.ChargingModel == ChargingModel.Postpaid ? AccountKind.UnbilledReceivable : AccountKind.Overdraft;
        return [.. lines, new(AccountKey.Of(last), -shortfall)];
    }

    /// <summary>A fact of a closed period goes to the next open one (rules §3).</summary>
    private static (BillingPeriod Period, Instant EffectiveAt) Open(LedgerState state, RatedAmount amount)
    {
        if (state.ClosedUntil.Micros == long.MinValue)
        {
            return (amount.Period, amount.OccurredAt);
        }

        var firstOpen = BillingPeriod.Of(state.ClosedUntil, state.TimeZone);
        return (amount.Period.Number < firstOpen.Number ? firstOpen : amount.Period, Instant.Later(amount.OccurredAt, state.ClosedUntil));
    }
}

/// <summary>What is posted for rated usage.</summary>
/// <param name="Service">The service.</param>
/// <param name="Period">The month in which it was used.</param>
/// <param name="OccurredAt">When; the last moment of several.</param>
/// <param name="Line">The first of its lines.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Before">What they came to before, exactly.</param>
/// <param name="Amount">What they come to, exactly.</param>
/// <param name="CarriedIn">What the service carried before.</param>
internal sealed record RatedAmount(
    string Service, BillingPeriod Period, Instant OccurredAt, long Line, int Lines, ExactAmount Before, ExactAmount Amount, ExactAmount CarriedIn)
{
    /// <summary>The charge, in millionths.</summary>
    public long PostedMicros => Carry.Round(Amount - Before, CarriedIn).PostedMicros;

    /// <summary>What the service carries after it.</summary>
    public ExactAmount CarriedOut => Carry.Round(Amount - Before, CarriedIn).Out;
}
