using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Tests.Domain.Billing;

/// <summary>
/// The rules of §6 written down plainly: every question is answered by adding everything up anew from what happened so far. Slow, and
/// shares no code with what it checks but the calendar.
/// </summary>
internal sealed class NaiveRehearsal(AutoRecharge recharge, SpendingCap cap, RehearsedPast past)
{
    private readonly List<(Instant At, long Change)> _moves = [];
    private readonly List<(Instant EffectiveAt, long Amount)> _spent = [];

    public List<(Instant At, long Available, Instant SettledAt)> Recharges { get; } = [];

    public List<(Instant WindowStart, long Spent)> HighestSpend { get; } = [];

    public long RefusedByCap { get; private set; }

    public long RefusedForBalance { get; private set; }

    public Instant? BrokenAt { get; private set; }

    public int PausedMonths { get; private set; }

    public void Run()
    {
        var pausedIn = new HashSet<Instant>();
        foreach (var usage in past.Usage.Where(usage => usage.At < past.From))
        {
            _spent.Add((usage.EffectiveAt, usage.Requested + usage.Reported));
        }

        foreach (var usage in past.Usage.Where(usage => usage.At >= past.From && usage.At < past.Until))
        {
            _moves.Add((usage.At, usage.PaidIn));
            _moves.Add((usage.At, -usage.Reported));
            _spent.Add((usage.EffectiveAt, usage.Reported));

            var admitted = cap.IsHard ? Math.Min(usage.Requested, Math.Max(0, cap.Amount!.Value - SpentIn(usage.EffectiveAt))) : usage.Requested;
            RefusedByCap += usage.Requested - admitted;
            var paid = past.ChargingModel == ChargingModel.Postpaid || past.AllowOverdraft ? admitted : Math.Min(admitted, Math.Max(0, Available(usage.At)));
            RefusedForBalance += admitted - paid;
            _moves.Add((usage.At, -paid));
            _spent.Add((usage.EffectiveAt, paid));
            HighestSpend.Add((Window(usage.EffectiveAt).Start, SpentIn(usage.EffectiveAt)));
            if (usage.PaidIn < 0 || usage.Reported > 0 || paid > 0)
            {
                Decide(usage.At, pausedIn);
            }
        }

        PausedMonths = pausedIn.Count;
    }

    public long Available(Instant at) => past.Opening + _moves.Where(move => move.At <= at).Sum(move => move.Change)
        + (recharge.Amount ?? 0) * Recharges.Count(made => made.SettledAt <= at);

    private void Decide(Instant at, HashSet<Instant> pausedIn)
    {
        var wanted = past.ChargingModel == ChargingModel.Prepaid && recharge.Enabled && Available(at) < recharge.Threshold
            && !(cap.IsHard && SpentIn(at) >= cap.Amount) && Recharges.All(made => made.SettledAt <= at) && BrokenAt is null;
        if (!wanted)
        {
            return;
        }

        var month = SpendingCalendar.WindowOf(at, null, past.Zone);
        var charged = Recharges.Count(made => made.At >= month.Start && made.At < month.End) * recharge.Amount!.Value;
        if (recharge.MonthlyLimit is { } limit && limit - charged < recharge.Amount)
        {
            pausedIn.Add(month.Start);
        }
        else if (Recharges.Any(made => made.At.Plus(TimeSpan.FromHours(1)) > at) || Recharges.Count(made => made.At.Plus(TimeSpan.FromDays(1)) > at) >= 5)
        {
            BrokenAt = at;
        }
        else
        {
            Recharges.Add((at, Available(at), at.Plus(past.Settles)));
        }
    }

    private long SpentIn(Instant at)
    {
        var (start, end) = Window(at);
        return _spent.Where(spent => spent.EffectiveAt >= start && spent.EffectiveAt < end).Sum(spent => spent.Amount);
    }

    private (Instant Start, Instant End) Window(Instant at) => SpendingCalendar.WindowOf(at, cap.Anchor, past.Zone);
}
