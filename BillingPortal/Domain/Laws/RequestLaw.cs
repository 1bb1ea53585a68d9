using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Laws;

/// <summary>
/// Requests stay within every hard cap and the balance, and every overshoot is a recorded fact: only reported usage opens an overdraft, a
/// disputed payment, or a request where the organization may go into one (rules §2, §8). A request states each cap it was weighed against; what its window had come to by
/// then is the window's own law.
/// </summary>
public sealed class RequestLaw() : LedgerLaw("request", "Requests within cap and balance", "every overshoot is a recorded fact", "requests")
{
    private readonly SortedDictionary<string, Int128> _overdrawn = new(StringComparer.Ordinal);
    private long _facts;

    /// <inheritdoc />
    public override string Finding => _facts == 0 ? "no overshoots" : string.Create(CultureInfo.InvariantCulture, $"{_facts} {(_facts == 1 ? "overshoot" : "overshoots")}, now ")
        + string.Join(" and ", _overdrawn.Select(pair => Shown(pair.Key, pair.Value))) + " overdrawn, all from recorded facts";

    /// <inheritdoc />
    public override void Visit(AuditedLedger ledger, AuditedEntry entry, LedgerWalk before)
    {
        var asked = string.Equals(entry.Entry.Reason, ReasonCode.UsageRequested.Code, StringComparison.Ordinal) && entry.Entry.Kind == EntryKind.Charge;
        if (asked)
        {
            Over++;
            CheckCaps(entry.Entry);
        }

        foreach (var posting in entry.Entry.Postings)
        {
            if (posting.Account.Kind != AccountKind.Overdraft || posting.Amount >= 0)
            {
                continue;
            }

            if (entry.Entry.Kind is EntryKind.Reversal or EntryKind.Dispute || (asked && ledger.AllowOverdraft))
            {
                continue;
            }

            if (entry.Entry.Kind == EntryKind.Charge && !asked)
            {
                _facts++;
                continue;
            }

            Broken(new Break(ledger.Organization, entry.Entry.Seq, posting.Account, "amount", posting.Amount.ToString(CultureInfo.InvariantCulture),
                "0, since only a reported fact may open an overdraft"));
        }
    }

    /// <inheritdoc />
    public override void End(AuditedLedger ledger, LedgerWalk after)
    {
        var overdraft = after.BalanceOf(AccountKind.Overdraft);
        if (overdraft < 0)
        {
            _overdrawn[ledger.Currency] = _overdrawn.GetValueOrDefault(ledger.Currency) - overdraft;
        }
    }

    private void CheckCaps(JournalEntry entry)
    {
        if (!entry.Detail.Contains("\"caps\"", StringComparison.Ordinal))
        {
            return;
        }

        Int128 amount = 0;
        foreach (var posting in entry.Postings)
        {
            amount += posting.Account.Kind == AccountKind.Revenue ? posting.Amount : 0;
        }

        try
        {
            using var detail = JsonDocument.Parse(entry.Detail);
            foreach (var cap in detail.RootElement.GetProperty("caps").EnumerateArray())
            {
                var (spent, limit) = (cap.GetProperty("spent").GetInt64(), cap.GetProperty("limit").GetInt64());
                if (spent + amount > limit)
                {
                    Broken(new Break(entry.Organization, entry.Seq, null, $"spent under the cap of {cap.GetProperty("organization").GetInt64().ToString(CultureInfo.InvariantCulture)}",
                        (spent + amount).ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"at most {limit}")));
                }
            }
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            Broken(new Break(entry.Organization, entry.Seq, null, "detail.caps", "unreadable", "a list of caps with their limit and what was spent"));
        }
    }

    private static string Shown(string currency, Int128 micros) =>
        Domain.Currency.TryOf(currency, out var known) && micros <= long.MaxValue ? new Money((long)micros, known).ToString(CultureInfo.InvariantCulture) : currency;
}
