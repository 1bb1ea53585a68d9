using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Tests.Domain.Billing;

/// <summary>What the store keeps of usage, as plain values: enough to follow deliveries without a database.</summary>
internal sealed record UsageLedger(
    ImmutableDictionary<UsageGroup, UsageSum> Delivered,
    ImmutableDictionary<UsageLine, ExactAmount> Carries,
    ImmutableDictionary<UsageLine, long> PostedByLine,
    ImmutableArray<UsageCharge> Charges)
{
    public static UsageLedger Empty { get; } = new(
        ImmutableDictionary<UsageGroup, UsageSum>.Empty, ImmutableDictionary<UsageLine, ExactAmount>.Empty, ImmutableDictionary<UsageLine, long>.Empty, []);

    public long Posted => PostedByLine.Values.Sum();

    public ExactAmount Carried => Carries.Values.Aggregate(ExactAmount.Zero, (sum, carry) => sum + carry);

    public ExactAmount Total => Delivered.Values.Aggregate(ExactAmount.Zero, (sum, group) => sum + group.Amount);

    /// <summary>True where, for every service of every organization, posted and carried equal what was delivered.</summary>
    public bool IsExact => Delivered.GroupBy(d => new UsageLine(d.Key.Who, d.Key.Service)).All(line =>
        line.Aggregate(ExactAmount.Zero, (sum, d) => sum + d.Value.Amount)
        == ExactAmount.FromMicros(PostedByLine.GetValueOrDefault(line.Key)) + Carries.GetValueOrDefault(line.Key));

    public UsageLedger Deliver(params IEnumerable<(UsageGroup Group, string Amount)> rows) =>
        Deliver(rows.Select(r => (r.Group, ExactAmount.Parse(r.Amount))));

    /// <summary>One file: it replaces every (billing account, month) of which it has a row.</summary>
    public UsageLedger Deliver(IEnumerable<(UsageGroup Group, ExactAmount Amount)> rows)
    {
        var sums = rows.GroupBy(r => r.Group).ToDictionary(
            g => g.Key, g => new UsageSum(g.Aggregate(ExactAmount.Zero, (sum, r) => sum + r.Amount), g.Key.Period.StartIn(TimeZoneInfo.Utc)));
        var deliveries = sums.Keys.Select(UsageDelivery.Of).ToHashSet();
        var before = Delivered.Where(d => deliveries.Contains(UsageDelivery.Of(d.Key))).ToDictionary();
        var charges = UsageCharging.Charge(sums, before, Carries);
        var posted = PostedByLine;
        var carries = Carries;
        foreach (var charge in charges)
        {
            var line = new UsageLine(charge.Group.Who, charge.Group.Service);
            posted = posted.SetItem(line, posted.GetValueOrDefault(line) + charge.PostedMicros);
            carries = carries.SetItem(line, charge.CarriedOut);
        }

        var delivered = Delivered.RemoveRange(before.Keys).SetItems(sums);
        return new(delivered, carries, posted, charges);
    }
}
