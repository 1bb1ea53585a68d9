using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// How a negative charge gives back (rules §3): it undoes what the organization's charges of that period drew, newest first; what no draw
/// is left for goes to the unbilled receivable (postpaid) or to bonus (prepaid), never to cash, which could be paid out.
/// </summary>
public static class GivenBack
{
    /// <summary>Name and version of this rule, as entries state it.</summary>
    public const string Rule = "give-back/1";

    /// <summary>The lines on the customer's side that give back <paramref name="amount"/> millionths.</summary>
    /// <param name="state">The organization's ledger.</param>
    /// <param name="draws">Its draws and corrections of the period, oldest first.</param>
    /// <param name="amount">Millionths above zero.</param>
    public static ImmutableArray<PostingDraft> Lines(LedgerState state, IEnumerable<DrawLine> draws, long amount)
    {
        var standing = Standing(draws);
        var lines = ImmutableArray.CreateBuilder<PostingDraft>();
        var left = amount;

        // A repaid overdraft has nothing left to restore: what was drawn through it counts as the rest.
        var overdraft = -state.BalanceOf(AccountKind.Overdraft);
        for (var i = standing.Count - 1; i >= 0 && left > 0; i--)
        {
            var (_, account, drawn) = standing[i];
            var given = Math.Min(left, account.Kind == AccountKind.Overdraft ? Math.Min(drawn, overdraft) : drawn);
            overdraft -= account.Kind == AccountKind.Overdraft ? given : 0;
            left -= given;
            lines.Add(new(account, given));
        }

        var rest = state.ChargingModel == ChargingModel.Postpaid ? AccountKind.UnbilledReceivable : AccountKind.Bonus;
        lines.Add(new(AccountKey.Of(rest), left));
        return lines.ToImmutable();
    }

    /// <summary>What is still drawn, oldest first: every line up takes from the draws of its account, those it reverses before all others.</summary>
    private static List<(long Seq, AccountKey Account, long Drawn)> Standing(IEnumerable<DrawLine> draws)
    {
        var standing = new List<(long Seq, AccountKey Account, long Drawn)>();
        foreach (var line in draws.OrderBy(line => line.Seq).ThenBy(line => DrawOrder(line.Account.Kind)).ThenBy(line => line.Account))
        {
            if (line.Amount < 0)
            {
                standing.Add((line.Seq, line.Account, -line.Amount));
                continue;
            }

            var left = Restore(standing, line.Account, line.Amount, draw => draw.Seq == line.ReversesSeq);
            _ = Restore(standing, line.Account, left, _ => true);
        }

        return standing;
    }

    private static long Restore(
        List<(long Seq, AccountKey Account, long Drawn)> standing, AccountKey account, long amount, Predicate<(long Seq, AccountKey Account, long Drawn)> which)
    {
        for (var i = standing.Count - 1; i >= 0 && amount > 0; i--)
        {
            if (standing[i].Account == account && which(standing[i]))
            {
                var restored = Math.Min(amount, standing[i].Drawn);
                standing[i] = standing[i] with { Drawn = standing[i].Drawn - restored };
                amount -= restored;
            }
        }

        return amount;
    }

    private static int DrawOrder(AccountKind kind)
    {
        var position = ChartOfAccounts.DrawOrder.ToList().IndexOf(kind);
        return position < 0 ? int.MaxValue : position;
    }
}
