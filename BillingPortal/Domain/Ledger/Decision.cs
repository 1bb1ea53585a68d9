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

/// <summary>One thing that a decision makes happen. A closed set.</summary>
/// <param name="Organization">To whom.</param>
public abstract record Effect(OrganizationId Organization)
{
    /// <summary>An entry is posted.</summary>
    public sealed record Post(OrganizationId Organization, EntryDraft Entry) : Effect(Organization);

    /// <summary>Requests are refused from now on; an event says why.</summary>
    public sealed record Block(OrganizationId Organization, BlockCause Cause) : Effect(Organization);

    /// <summary>Requests are accepted again; an event says what ended.</summary>
    public sealed record Unblock(OrganizationId Organization, BlockCause Cause) : Effect(Organization);

    internal void Describe(CanonicalForm form)
    {
        form.Add(Organization.Value);
        switch (this)
        {
            case Post(_, var entry):
                form.Add("post").Add((long)entry.Kind).Add(entry.Reason.Code).Add(entry.Service).Add(entry.Comment).Add(entry.Detail)
                    .Add(entry.EffectiveAt?.Micros).Add(entry.Period).Add(entry.ReversesSeq).Add(entry.KeySuffix);
                foreach (var posting in entry.Postings)
                {
                    form.Add(posting.Account.Value).Add(posting.Amount);
                }

                break;
            case Block(_, var cause):
                form.Add("block").Add((long)cause);
                break;
            case Unblock(_, var cause):
                form.Add("unblock").Add((long)cause);
                break;
        }
    }
}
