using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>What the provider said of an attempt. A closed set.</summary>
public abstract record RechargeOutcome
{
    private RechargeOutcome() { }

    /// <summary>Paid.</summary>
    public sealed record Paid(string PaymentId) : RechargeOutcome;

    /// <summary>No. The code is the provider's, the message fit for the customer.</summary>
    public sealed record Declined(string? PaymentId, string Code, string Message) : RechargeOutcome;

    /// <summary>The card's holder must confirm.</summary>
    public sealed record AuthenticationNeeded(string PaymentId) : RechargeOutcome;

    /// <summary>Nobody knows yet.</summary>
    public sealed record Unknown(string? PaymentId, string Reason) : RechargeOutcome;
}

/// <summary>
/// Books what the provider said of a recharge: paid is an entry, declined is retried after 1, 6 and 24 hours and then suspends, unknown is asked
/// about again. News may come twice, late and out of order: money that was taken is always booked, once; older refusals change nothing.
/// </summary>
public sealed record SettleRecharge(Actor Actor, OrganizationId Organization, long Number, int Attempt, RechargeOutcome Outcome)
    : MoneyCommand(Actor, KeyOf(Organization, Number, Attempt, Outcome))
{
    /// <summary>When a declined card is tried again, counted from the decline; after the last, recharging is suspended.</summary>
    public static readonly ImmutableArray<TimeSpan> Retries = [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    /// <summary>How long the card's holder may take to confirm.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromHours(24);

    /// <summary>How long until the provider is asked again what became of it.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public override string Rule => "settle-recharge/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Recharge = (Organization, Number) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Recharge is not { } intent)
        {
            return new Decision.NotFound("There is no such recharge.");
        }

        if (Outcome is RechargeOutcome.Paid paid)
        {
            return new Settlement(view, intent, Via).Pay(paid, Attempt);
        }

        // Once paid or given up, or with a later attempt under way, what is said of this one changes nothing.
        return !intent.InFlight || Attempt < intent.Attempt || intent.State is RechargeState.Planned or RechargeState.Retrying
            ? Decision.Nothing
            : Outcome switch
            {
                RechargeOutcome.Declined declined => new Settlement(view, intent, Via).Decline(declined),
                RechargeOutcome.AuthenticationNeeded needed => new Settlement(view, intent, Via).AwaitHolder(needed),
                RechargeOutcome.Unknown unknown => new Settlement(view, intent, Via).Leave(unknown),
                _ => throw new InvalidOperationException("The set of outcomes is closed."),
            };
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number).Add(Attempt).Add(Outcome is RechargeOutcome.Paid paid ? paid.PaymentId : Outcome.ToString()!);

    private string Via => Actor.Via;

    /// <summary>An attempt is booked once, whatever else is said of it.</summary>
    private static string KeyOf(OrganizationId organization, long number, int attempt, RechargeOutcome outcome) =>
        RechargeIntent.KeyOf(organization.Value, number, attempt) + (outcome is RechargeOutcome.Paid ? "" : ":news");
}

/// <summary>What a settlement does to ledger, rule and card.</summary>
internal sealed class Settlement(DecisionView view, RechargeIntent intent, string via)
{
    private readonly Course _course = new(view);
    private readonly LedgerState _state = view.Only;

    /// <summary>Books the money: a top-up, which repays an overdraft first.</summary>
    public Decision Pay(RechargeOutcome.Paid paid, int attempt)
    {
        if (intent.State == RechargeState.Settled && string.Equals(intent.PaymentId, paid.PaymentId, StringComparison.Ordinal))
        {
            return Decision.Nothing;
        }

        var repaid = Math.Min(intent.Amount, -_state.BalanceOf(AccountKind.Overdraft));
        var late = !intent.InFlight;
        Consequences.Post(_course, _state.Organization, new EntryDraft(EntryKind.TopUp, ReasonCode.AutoRecharged,
        [
            new(AccountKey.Of(AccountKind.PaymentsClearing), -intent.Amount),
            new(AccountKey.Of(AccountKind.Overdraft), repaid),
            new(AccountKey.Of(AccountKind.Cash), intent.Amount - repaid),
        ])
        {
            Detail = string.Create(CultureInfo.InvariantCulture,
                $$"""{"rule":"{{Recharging.Rule}}","recharge":{{intent.Number}},"attempt":{{attempt}},"payment":{{JsonSerializer.Serialize(paid.PaymentId)}},"rule_version":{{intent.RuleVersion}}}"""),
        });
        Step(intent with { State = RechargeState.Settled, DueAt = null, PaymentId = paid.PaymentId, SettledSeq = _course[_state.Organization].Seq, FailureCode = null, FailureMessage = null },
            "paid", late ? "Paid after all, and booked." : "Paid, and booked.");
        if (intent.FailureCode is not null || _state.Rule.Card is { Inactive: true })
        {
            _course.Add(new Effect.SetCard(_state.Organization, new CardChange(intent.CardId)));
        }

        if (_course[_state.Organization].Rule is { Suspended: RechargeSuspension.PaymentFailed or RechargeSuspension.AuthenticationNeeded } stopped)
        {
            // Paid after all: what it stood still for has ended.
            _course.Add(new Effect.SetRule(_state.Organization, stopped with { Suspended = null, SuspendedAt = null }));
        }

        Tell(NoticeKind.RechargeSucceeded, $"{_state.Name} was recharged with {Words(intent.Amount)}", $"Available now: {Words(_course[_state.Organization].AvailableAt(view.Now))}.");
        return _course.Decision;
    }

    /// <summary>Tries again later, or gives up and suspends.</summary>
    public Decision Decline(RechargeOutcome.Declined declined)
    {
        var waits = _state.Rule.Card is { Inactive: false } card && card.Id != intent.CardId ? TimeSpan.Zero
            : intent.Attempt <= SettleRecharge.Retries.Length ? SettleRecharge.Retries[intent.Attempt - 1] : (TimeSpan?)null;
        var failed = intent with { PaymentId = declined.PaymentId ?? intent.PaymentId, FailureCode = declined.Code, FailureMessage = declined.Message };
        if (waits is { } pause && !IsAbandoned(declined))
        {
            Step(failed with { State = RechargeState.Retrying, DueAt = view.Now.Plus(pause) }, declined.Code, declined.Message);
            _course.Add(new Effect.SetCard(_state.Organization, new CardChange(intent.CardId) { FailedAt = view.Now, FailedMessage = declined.Message }));
            if (intent.Attempt == 1)
            {
                Tell(NoticeKind.RechargeFailed, $"Recharging {_state.Name} failed", $"{declined.Message} It is tried again in an hour, then after 6 and 24 hours.");
            }

            return _course.Decision;
        }

        Step(failed with { State = RechargeState.Failed, DueAt = null }, declined.Code, declined.Message + " It is not tried again.");
        _course.Add(new Effect.SetCard(_state.Organization, new CardChange(intent.CardId) { Inactive = true, FailedAt = view.Now, FailedMessage = declined.Message }));
        _course.Add(new Effect.SetRule(_state.Organization, _course[_state.Organization].Rule with
        {
            Suspended = IsAbandoned(declined) ? RechargeSuspension.AuthenticationNeeded : RechargeSuspension.PaymentFailed,
            SuspendedAt = view.Now,
        }));
        Tell(NoticeKind.RechargeSuspended, $"Auto-recharge of {_state.Name} is suspended", $"{declined.Message} A new card resumes it.");
        return _course.Decision;
    }

    /// <summary>Waits for the card's holder; after a day it is given up.</summary>
    public Decision AwaitHolder(RechargeOutcome.AuthenticationNeeded needed)
    {
        if (intent.State == RechargeState.AuthenticationNeeded)
        {
            return Decision.Nothing;
        }

        Step(intent with { State = RechargeState.AuthenticationNeeded, DueAt = view.Now.Plus(SettleRecharge.ConfirmWithin), PaymentId = needed.PaymentId },
            "authentication_required", "The card's bank wants its holder to confirm the charge.");
        Tell(NoticeKind.RechargeFailed, $"Recharging {_state.Name} waits for its cardholder", "The card's bank wants its holder to confirm the charge. Confirm it within a day, or add another card.");
        return _course.Decision;
    }

    /// <summary>Nobody knows: asked again later.</summary>
    public Decision Leave(RechargeOutcome.Unknown unknown)
    {
        var waits = TimeSpan.FromTicks(SettleRecharge.AskAgain.Ticks * Math.Min(60, 1L << Math.Min(6, intent.Steps)));
        Step(intent with { State = RechargeState.Unknown, DueAt = view.Now.Plus(waits), PaymentId = unknown.PaymentId ?? intent.PaymentId }, "unknown", unknown.Reason);
        return _course.Decision;
    }

    /// <summary>The provider's word for a payment that was taken back because its holder did not confirm it.</summary>
    private bool IsAbandoned(RechargeOutcome.Declined declined) =>
        intent.State == RechargeState.AuthenticationNeeded && declined.Code == "canceled" && _state.Rule.Card?.Id == intent.CardId;

    private void Step(RechargeIntent next, string code, string message) =>
        _course.Add(new Effect.Recharge(_state.Organization, next with { Steps = intent.Steps + 1 }, new RechargeStep(code, message, via)));

    private void Tell(string kind, string title, string text) => _course.Add(new Effect.Notify(_state.Organization,
        new Notice(kind, 0, title, text, string.Create(CultureInfo.InvariantCulture, $"recharges/{intent.Number}"), view.Now)));

    private string Words(long micros) => new Money(micros, _state.Currency).ToString(CultureInfo.InvariantCulture);
}
