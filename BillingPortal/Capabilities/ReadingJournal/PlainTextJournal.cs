using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>
/// Writes entries in the plain-text accounting format that hledger and ledger share: one transaction for an entry, dated by its effect in
/// the organization's zone, accounts as <c>org:10001:cash</c>, every amount with six decimals and its currency. At the end of each
/// organization a transaction of zeros asserts every balance, so that either program checks the file by reading it.
/// </summary>
internal sealed class PlainTextJournal(TextWriter output)
{
    private readonly HashSet<Currency> _declared = [];
    private readonly SortedDictionary<AccountKey, long> _balances = [];
    private DateTime _latest = DateTime.MinValue;

    /// <summary>Writes what stands at the head of the file.</summary>
    public Task BeginAsync(Instant now) => output.WriteLineAsync(
        $"; Plain-text journal, exported {now}. One transaction for each entry, dated by its effect in the organization's zone.");

    /// <summary>Writes one entry; an organization's entries come in order.</summary>
    public async Task WriteAsync(Organization organization, JournalEntry entry)
    {
        var currency = organization.Money;
        if (_declared.Add(currency))
        {
            await output.WriteLineAsync($"\ncommodity {currency.Code}\n  format 1000.000000 {currency.Code}");
        }

        var date = TimeZoneInfo.ConvertTime(entry.EffectiveAt.ToUtc(), organization.Zone).Date;
        _latest = date > _latest ? date : _latest;
        var what = entry.Service.Length == 0 ? organization.Name : $"{organization.Name}, {entry.Service}";
        await output.WriteLineAsync($"\n{Day(date)} * ({entry.Name}) {EntryKinds.NameOf(entry.Kind)}, {Plain(what)}");
        await output.WriteLineAsync($"    ; effective: {entry.EffectiveAt}, recorded: {entry.RecordedAt}");
        await output.WriteLineAsync($"    ; reason: {entry.Reason}, actor: {Plain(entry.Actor.Id)}, hash: {entry.Hash}");
        if (entry.ReversesSeq is { } reverses)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"    ; reverses: {organization.Id}/{reverses}"));
        }

        if (entry.Comment.Length > 0)
        {
            await output.WriteLineAsync($"    ; comment: {Plain(entry.Comment)}");
        }

        foreach (var posting in entry.Postings)
        {
            _balances[posting.Account] = posting.BalanceAfter;
            await output.WriteLineAsync($"    {AccountOf(organization, posting.Account)}  {Amount(posting.Amount, currency)}");
        }
    }

    /// <summary>Asserts what every account of the organization stands at.</summary>
    public async Task EndAsync(Organization organization)
    {
        if (_balances.Count > 0)
        {
            await output.WriteLineAsync($"\n{Day(_latest)} * Balances of {Plain(organization.Name)} after these entries");
            foreach (var (account, balance) in _balances)
            {
                await output.WriteLineAsync(
                    $"    {AccountOf(organization, account)}  {Amount(0, organization.Money)} = {Amount(balance, organization.Money)}");
            }
        }

        _balances.Clear();
        _latest = DateTime.MinValue;
    }

    private static string AccountOf(Organization organization, AccountKey account) =>
        string.Create(CultureInfo.InvariantCulture, $"org:{organization.Id}:{account}");

    private static string Amount(long micros, Currency currency) =>
        $"{Money.FormatMicros(micros, 6, CultureInfo.InvariantCulture, grouped: false)} {currency.Code}";

    private static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>
    /// Text of people and files, on one line. A semicolon would begin a comment, and ledger reads brackets in comments as dates: a wrong
    /// one would stop the whole file.
    /// </summary>
    private static string Plain(string text) =>
        string.Concat(text.Select(letter => letter switch
        {
            ';' => ',',
            '[' => '(',
            ']' => ')',
            '|' => '/',
            _ when char.IsControl(letter) || letter is '\u2028' or '\u2029' => ' ',
            _ => letter,
        })).Trim();
}
