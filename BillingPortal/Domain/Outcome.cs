using System.Collections.Immutable;

namespace BillingPortal.Domain;

/// <summary>What a wish came to: one closed set, matched whole, so that a new case breaks every caller at compile time.</summary>
/// <typeparam name="T">What the wish yields when it is done.</typeparam>
public abstract record Outcome<T>
{
    private Outcome() { }

    /// <summary>It happened, durably.</summary>
    public sealed record Done(T Value) : Outcome<T>;

    /// <summary>The input cannot be meant: each field with its reason. Nothing happened.</summary>
    public sealed record Invalid(ImmutableArray<FieldError> Errors) : Outcome<T>;

    /// <summary>The input is clear, and the answer is no. Nothing happened.</summary>
    public sealed record Refused(Refusal Refusal) : Outcome<T>;

    /// <summary>Somebody else must agree first. Nothing happened.</summary>
    public sealed record NeedsApproval(ApprovalNeed Need) : Outcome<T>;

    /// <summary>Whether it happened is not known yet; asking again with the same key resolves it.</summary>
    public sealed record Unknown(string Reason) : Outcome<T>;

    /// <summary>There is no such thing, or none that this person may know of.</summary>
    public sealed record NotFound(string What) : Outcome<T>;

    /// <summary>What was shown is no longer what would happen. Nothing happened.</summary>
    public sealed record Stale(string Reason) : Outcome<T>;

    /// <summary>Turns every case into one type; named arguments keep callers honest.</summary>
    public TResult Match<TResult>(
        Func<T, TResult> done,
        Func<ImmutableArray<FieldError>, TResult> invalid,
        Func<Refusal, TResult> refused,
        Func<ApprovalNeed, TResult> needsApproval,
        Func<string, TResult> unknown,
        Func<string, TResult> notFound,
        Func<string, TResult> stale) => this switch
        {
            Done d => done(d.Value),
            Invalid i => invalid(i.Errors),
            Refused r => refused(r.Refusal),
            NeedsApproval n => needsApproval(n.Need),
            Unknown u => unknown(u.Reason),
            NotFound n => notFound(n.What),
            Stale s => stale(s.Reason),
            _ => throw new InvalidOperationException("The set of outcomes is closed."),
        };

    /// <summary>The same outcome with another value in its place when done.</summary>
    public Outcome<TOther> Then<TOther>(Func<T, Outcome<TOther>> next) => Match(
        done: next,
        invalid: errors => new Outcome<TOther>.Invalid(errors),
        refused: refusal => new Outcome<TOther>.Refused(refusal),
        needsApproval: need => new Outcome<TOther>.NeedsApproval(need),
        unknown: reason => new Outcome<TOther>.Unknown(reason),
        notFound: what => new Outcome<TOther>.NotFound(what),
        stale: reason => new Outcome<TOther>.Stale(reason));

    /// <summary>The same where what follows takes time.</summary>
    public Task<Outcome<TOther>> ThenAsync<TOther>(Func<T, Task<Outcome<TOther>>> next) => this is Done done
        ? next(done.Value)
        : Task.FromResult(Then<TOther>(_ => throw new InvalidOperationException("The set of outcomes is closed.")));
}

/// <summary>One field of a form and why it cannot be meant.</summary>
/// <param name="Field">The form's property name, as in <c>Amount</c>.</param>
/// <param name="Code">A stable word for programs, as in <c>too_small</c>.</param>
/// <param name="Message">The reason, in words for a person.</param>
public sealed record FieldError(string Field, string Code, string Message);

/// <summary>A clear no.</summary>
/// <param name="Code">Which no.</param>
/// <param name="Message">The reason, in words for a person.</param>
/// <param name="Field">The form's field that it concerns most, if any.</param>
public sealed record Refusal(RefusalCode Code, string Message, string? Field = null);

/// <summary>Every reason for a no. Programs see the snake_case of the name.</summary>
public enum RefusalCode
{
    /// <summary>The permission is missing.</summary>
    Forbidden,

    /// <summary>The payment provider refused or did not answer.</summary>
    ProviderFailed,

    /// <summary>A request would take more than there is.</summary>
    InsufficientBalance,

    /// <summary>A hard spending cap would be passed.</summary>
    CapReached,

    /// <summary>The organization is blocked.</summary>
    Blocked,

    /// <summary>The organization is disabled.</summary>
    Disabled,

    /// <summary>A bucket would fall below its floor.</summary>
    BelowFloor,

    /// <summary>The entry was reversed before.</summary>
    AlreadyReversed,

    /// <summary>This kind of entry is undone another way.</summary>
    NotReversible,

    /// <summary>The effective time lies in a closed period.</summary>
    PeriodClosed,

    /// <summary>The effective time lies in the future.</summary>
    InFuture,

    /// <summary>The organization keeps another currency.</summary>
    CurrencyNotSupported,

    /// <summary>The key was used for something else.</summary>
    KeyReused,

    /// <summary>The name or number is taken.</summary>
    Taken,

    /// <summary>A delivery for this account and period exists and replacing it was not asked for.</summary>
    WouldReplace,

    /// <summary>Somebody asked for it to stop.</summary>
    Cancelled,

    /// <summary>The amount is beyond what money can hold.</summary>
    TooLarge,

    /// <summary>A top organization keeps somebody who administers it.</summary>
    LastAdministrator,

    /// <summary>Another organization pays now than when it was asked.</summary>
    PayerChanged,

    /// <summary>It is not for organizations that pay afterwards.</summary>
    NotForPostpaid,

    /// <summary>It is not for organizations that pay before.</summary>
    NotForPrepaid,

    /// <summary>A data package or an inclusive volume is active.</summary>
    VolumeActive,

    /// <summary>It stands in use, or a rule keeps it from being taken away.</summary>
    CannotBeDeleted,

    /// <summary>It has ended, or its time has not come.</summary>
    NotDue,

    /// <summary>The two organizations do not stand in the relation that it needs.</summary>
    NotRelated,

    /// <summary>A payment method must be added first.</summary>
    PaymentMethodNeeded,

    /// <summary>A payment is under way; what it comes to is not known yet.</summary>
    PaymentUnderWay,

    /// <summary>The card was declined. Nothing changed.</summary>
    PaymentDeclined,

    /// <summary>The plan's fee is owed.</summary>
    FeeUnpaid,

    /// <summary>The organization had its trial.</summary>
    TrialUsed,

    /// <summary>The plan cannot be tried, or not from the plan it has.</summary>
    TrialNotOffered,

    /// <summary>There is no such coupon, or it cannot be redeemed.</summary>
    CouponNotValid,

    /// <summary>There is no such voucher, or it cannot be redeemed here.</summary>
    VoucherNotValid,

    /// <summary>There is no plan or trial that this could be done to.</summary>
    NotSubscribed,

    /// <summary>Finance has not agreed a price yet.</summary>
    PriceNotAgreed,

    /// <summary>No rate is known for it.</summary>
    NoRate,
}

/// <summary>Why a second person must agree.</summary>
/// <param name="Limit">What the role may move alone in a rolling day.</param>
/// <param name="Used">What was moved already in that day, by the actor or in the organization, whichever is more.</param>
/// <param name="Asked">What this command would move.</param>
/// <param name="Scope">Whose total passes the limit: <c>you</c> or <c>organization</c>.</param>
public sealed record ApprovalNeed(Money Limit, Money Used, Money Asked, string Scope);
