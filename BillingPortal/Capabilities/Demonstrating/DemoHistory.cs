using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>
/// Two months of an organization's money, as commands in the order of their effect. The same seed gives the same history; only its days
/// move with today.
/// </summary>
internal sealed class DemoHistory(DemoOrganization demo, OrganizationId id, Instant now)
{
    private const int Days = 60;

    private static readonly (string Service, int Share)[] Services =
        [("Compute", 55), ("Object storage", 22), ("Network egress", 14), ("Managed database", 9)];

    private readonly Actor _actor = Actor.System("demo");
    private int _number;

    /// <summary>The commands, in the order in which they took effect; usage that a meter reported late comes last.</summary>
    public IEnumerable<MoneyCommand> Commands() => OnTime().OrderBy(told => told.At).Select(told => told.Command).Concat(Late());

    private IEnumerable<(Instant At, MoneyCommand Command)> OnTime()
    {
        var random = new Random((int)id.Value);
        if (demo.PaidIn > 0)
        {
            yield return (At(Days, 1, 0), new TopUp(_actor, Key(), id)
            {
                Amount = Micros(demo.PaidIn), BonusRate = 200_000, PaidAt = At(Days, 1, 0), Comment = "First payment, with 20 % on top",
            });
        }

        for (var day = Days; day >= 1; day--)
        {
            if (demo.Monthly > 0 && now.Plus(TimeSpan.FromDays(-day)).ToUtc().Day == 1)
            {
                yield return (At(day, 0, 5), new GrantCredits(_actor, Key(), id) { Amount = Micros(demo.Monthly), GrantedAt = At(day, 0, 5) });
            }

            foreach (var charge in Day(day, random))
            {
                yield return (charge.OccurredAt ?? now, charge);
            }
        }

        yield return (At(3, 10, 30), Goodwill("Outage of object storage, two hours"));
        if (demo.Promotion > 0)
        {
            yield return (At(2, 8, 0), new AdjustBalance(_actor, Key(), id)
            {
                Change = new Adjustment.Add(AccountKind.Promotional, Micros(demo.Promotion)),
                Reason = ReasonCode.Find("promotion")!,
                Comment = "Autumn campaign",
                EffectiveAt = At(2, 8, 0),
                MayRaiseCash = true,
                Limit = long.MaxValue,
            });
        }
    }

    private IEnumerable<MoneyCommand> Late() => demo.LateFact == 0 ? [] :
    [
        new ChargeUsage(_actor, Key(), id) { Mode = ChargeMode.Fact, Service = "Network egress", Amount = Micros(demo.LateFact), OccurredAt = At(2, 23, 50) },
    ];

    private IEnumerable<ChargeUsage> Day(int day, Random random)
    {
        foreach (var ((service, share), at) in Services.Select((line, at) => (line, at)))
        {
            // Millionths at some organizations only, as metered usage has them.
            var cents = demo.DailyCents * share / 100 * random.Next(60, 140) / 100;
            var micros = demo.Currency == "JPY" ? cents / 100 * Money.Unit : (cents * 10_000L) + (cents > 0 && id.Value % 4 == 3 && random.Next(9) == 0 ? random.Next(1, 9_999) : 0);
            if (micros > 0 && random.Next(10) > at)
            {
                yield return new ChargeUsage(_actor, Key(), id)
                {
                    Mode = ChargeMode.Request, Service = service, Amount = micros, OccurredAt = At(day, 2 + (at * 5), random.Next(60)),
                };
            }
        }
    }

    /// <summary>A goodwill credit three days ago.</summary>
    public AdjustBalance Goodwill(string comment) => new(_actor, Key(), id)
    {
        Change = new Adjustment.Add(AccountKind.Bonus, Micros(demo.Currency is "JPY" or "INR" ? 500 : 5)),
        Reason = ReasonCode.Find("service_outage")!,
        Comment = comment,
        EffectiveAt = At(3, 10, 30),
        MayRaiseCash = true,
        Limit = long.MaxValue,
    };

    /// <summary>The reversal of an entry.</summary>
    public ReverseEntry Undo(long seq) => new(_actor, Key(), id, seq) { Comment = "Noticed the same day", MayRaiseCash = true, Limit = long.MaxValue };

    private Instant At(int daysAgo, int hour, int minute)
    {
        var day = now.ToUtc().Date.AddDays(-daysAgo);
        return Instant.From(new DateTimeOffset(day.AddHours(hour).AddMinutes(minute), TimeSpan.Zero));
    }

    private string Key() => string.Create(CultureInfo.InvariantCulture, $"demo:{id}:{++_number}");

    private static long Micros(decimal units) => (long)(units * Money.Unit);
}
