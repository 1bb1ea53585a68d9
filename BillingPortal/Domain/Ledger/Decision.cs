using System.Collections.Immutable;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Ledger;

/// <summary>What a money command comes to, before anything is done: a pure function of state and command.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <summary>These things happen, in order, in one transaction. None means: nothing would change.</summary>
    public sealed record Effects(ImmutableArray<Effect> Items) : Decision;

    /// <summary>The input cannot be meant.</summary>
    public sealed record Invalid(ImmutableArray<FieldError> Errors) : Decision;

    /// <summary>The answer is no.</summary>
    public sealed record Refused(Refusal Refusal) : Decision;

    /// <summary>A second person must agree.</summary>
    public sealed record NeedsApproval(ApprovalNeed Need) : Decision;

    /// <summary>What it decides about does not exist.</summary>
    public sealed record NotFound(string What) : Decision;

    /// <summary>Nothing would change.</summary>
    public static Decision Nothing { get; } = new Effects([]);

    /// <summary>A refusal.</summary>
    public static Decision No(RefusalCode code, string message, string? field = null) => new Refused(new Refusal(code, message, field));

    /// <summary>One field that cannot be meant.</summary>
    public static Decision Wrong(string field, string code, string message) => new Invalid([new FieldError(field, code, message)]);
}
