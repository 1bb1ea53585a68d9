using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Money that comes in repays an overdraft before it becomes cash (rules §1), wherever it comes from.</summary>
public static class Repayment
{
    /// <summary>The same lines, of which cash that comes in repays the overdraft of <paramref name="state"/> first.</summary>
    public static IEnumerable<PostingDraft> First(LedgerState state, IEnumerable<PostingDraft> lines)
    {
        var all = lines.ToList();
        var (cash, overdraft) = (all.Where(IsOf(AccountKind.Cash)).Sum(line => line.Amount), all.Where(IsOf(AccountKind.Overdraft)).Sum(line => line.Amount));
        var repaid = Math.Clamp(-(state.BalanceOf(AccountKind.Overdraft) + overdraft), 0, Math.Max(0, cash));
        return all.Append(new(AccountKey.Of(AccountKind.Overdraft), repaid)).Append(new(AccountKey.Of(AccountKind.Cash), -repaid))
            .GroupBy(line => line.Account).Select(group => new PostingDraft(group.Key, group.Sum(line => line.Amount)));
    }

    /// <summary>
    /// The same for cash that an undo has just put back: an undo is its entry's exact inverse, so that what repays the overdraft is an entry of its own.
    /// </summary>
    public static void After(Course course, OrganizationId organization, EntryDraft undo)
    {
        var state = course[organization];
        var came = undo.Postings.Where(line => line.Account.Kind == AccountKind.Cash).Sum(line => line.Amount);
        var repaid = Math.Min(Math.Min(came, state.Refundable), -state.BalanceOf(AccountKind.Overdraft));
        if (repaid > 0)
        {
            Consequences.Post(course, organization, new EntryDraft(EntryKind.Adjustment, ReasonCode.OverdraftRepaid,
                [new(AccountKey.Of(AccountKind.Cash), -repaid), new(AccountKey.Of(AccountKind.Overdraft), repaid)]) { KeySuffix = ":repaid", Detail = """{"rule":"repay-overdraft/1"}""" });
        }
    }

    private static Func<PostingDraft, bool> IsOf(AccountKind kind) => line => line.Account.Kind == kind;
}
