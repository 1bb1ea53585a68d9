using System.Globalization;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Csv;

namespace BillingPortal.Capabilities.Statements;

/// <summary>
/// A statement as a file: what each account held, every entry in the order of effect with running balances, what each account held then. It
/// holds nothing that can change later, neither names nor comments nor the time of asking, so that the same days through the same entry are
/// the same bytes.
/// </summary>
internal static class StatementEndpoints
{
    private static readonly string[] Heads =
    [
        "line", "organization", "entry", "effective_at", "recorded_at", "period", "kind", "reason", "service", "consumer", "account", "currency", "amount", "balance", "reverses", "hash",
    ];

    /// <summary>Maps it.</summary>
    public static void MapStatements(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/organizations/{number:long}/statement.csv", WriteAsync).RequireAuthorization().WithName("ExportStatement").ExcludeFromDescription();

    private static async Task WriteAsync(long number, HttpContext http, GetStatement statements, CancellationToken cancel)
    {
        var outcome = await statements.ExportAsync(http.GetCaller(), new OrganizationId(number), StatementForm.Of(key => http.Request.Query[key].FirstOrDefault()), cancel);
        if (outcome is not Outcome<(Statement, IAsyncEnumerable<StatementLine>)>.Done { Value: var (statement, lines) })
        {
            await http.RefuseFileAsync(outcome);
            return;
        }

        var days = statement.Days;
        await using var file = http.BeginFile("text/csv", string.Create(CultureInfo.InvariantCulture, $"statement-{number}-{days.FirstText}-{days.FinalText}-through-{days.Through}.csv"), withMark: true);
        await file.WriteAsync(CsvCell.Line(Heads));
        await EndAsync(file, statement, "opening", statement.Range.From, account => account.Opening);
        var written = 0;
        await foreach (var line in lines)
        {
            foreach (var cells in Cells(statement, line))
            {
                await file.WriteAsync(CsvCell.Line(cells));
            }

            if (++written % 1_000 == 0)
            {
                await file.FlushAsync(cancel);
            }
        }

        await EndAsync(file, statement, "closing", statement.Range.Until, account => account.Closing);
    }

    /// <summary>What every account held at one end, and all of them together.</summary>
    private static async Task EndAsync(StreamWriter file, Statement statement, string word, Instant at, Func<StatementAccount, long> balance)
    {
        foreach (var (account, micros) in statement.Accounts.Select(account => (account.Account.ToString(), balance(account))).Append(("value", statement.Accounts.Sum(balance))))
        {
            await file.WriteAsync(CsvCell.Line(
            [
                word, statement.Range.Organization.ToString(), word == "closing" ? statement.Days.Through.ToString(CultureInfo.InvariantCulture) : "", at.ToString(), "", "", "", "", "", "",
                account, statement.Organization.Currency, "", statement.Of(micros).ToDecimalString(), "", "",
            ]));
        }
    }

    /// <summary>A line for each account that the entry changed, and one for an entry that passed by them all.</summary>
    private static IEnumerable<string?[]> Cells(Statement statement, StatementLine line)
    {
        string?[] Line(string account, long? amount, long? balance) =>
        [
            "entry", statement.Range.Organization.ToString(), line.Cursor.Seq.ToString(CultureInfo.InvariantCulture), line.Cursor.EffectiveAt.ToString(), line.RecordedAt.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{new BillingPeriod(line.Period)}"), EntryKinds.CodeOf(line.Kind), line.Reason, line.Service, line.Consumer?.ToString(), account, statement.Organization.Currency,
            amount is { } changed ? statement.Of(changed).ToDecimalString() : "", balance is { } after ? statement.Of(after).ToDecimalString() : "",
            line.ReversesSeq?.ToString(CultureInfo.InvariantCulture), line.Hash.ToString(),
        ];
        return line.Postings.IsEmpty ? [Line("", null, null)] : line.Postings.Select(posting => Line(posting.Account.ToString(), posting.Amount, posting.Balance));
    }
}
