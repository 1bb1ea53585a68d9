using System.Globalization;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Laws;

/// <summary>A balance is the sum of its postings: after every posting, in every account, and on the customer's side of every entry.</summary>
public sealed class BalanceLaw() : LedgerLaw("balance", "A balance is the sum of its postings", "organization by organization", "postings")
{
    /// <inheritdoc />
    public override void Visit(AuditedLedger ledger, AuditedEntry entry, LedgerWalk before)
    {
        Int128 net = 0;
        foreach (var posting in entry.Entry.Postings)
        {
            Over++;
            net += ChartOfAccounts.IsCustomers(posting.Account.Kind) ? posting.Amount : 0;
            Same(entry, posting.Account, "balance_after", posting.BalanceAfter, (Int128)before.BalanceOf(posting.Account) + posting.Amount);
        }

        Same(entry, null, "net_amount", entry.Entry.NetAmount, net);
        Same(entry, null, "net_after", entry.Entry.NetAfter, (Int128)before.Net + entry.Entry.NetAmount);
        foreach (var stray in entry.Strays)
        {
            Broken(new Break(ledger.Organization, stray.Seq, stray.Account, "posting.effective_at and late",
                $"{Break.Text(stray.EffectiveAt)} {stray.Late}", $"{Break.Text(entry.Entry.EffectiveAt)} {entry.Entry.Late} as in its entry"));
        }
    }

    /// <inheritdoc />
    public override void End(AuditedLedger ledger, LedgerWalk after)
    {
        foreach (var account in ledger.Accounts)
        {
            Account(ledger, account.Key, "account.balance", Text(account.Balance), Text(after.BalanceOf(account.Key)));
            Account(ledger, account.Key, "account.kind", Text(account.Kind), Text((int)account.Key.Kind));
            if (ledger.IsKnown)
            {
                Account(ledger, account.Key, "account.currency", account.Currency, ledger.Currency);
            }
        }

        var stored = ledger.Accounts.Select(account => account.Key).ToHashSet();
        foreach (var (key, balance) in after.Balances.Where(pair => !stored.Contains(pair.Key)).OrderBy(pair => pair.Key))
        {
            Account(ledger, key, "account", "absent", Text(balance));
        }
    }

    private void Same(AuditedEntry entry, AccountKey? account, string what, long stored, Int128 should)
    {
        if (stored != should)
        {
            Broken(new Break(entry.Entry.Organization, entry.Entry.Seq, account, what, Text(stored), Text(should)));
        }
    }

    private void Account(AuditedLedger ledger, AccountKey account, string what, string stored, string should)
    {
        if (!string.Equals(stored, should, StringComparison.Ordinal))
        {
            Broken(new Break(ledger.Organization, null, account, what, stored, should));
        }
    }

    private static string Text(Int128 micros) => micros.ToString(CultureInfo.InvariantCulture);
}
