using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Statements;

/// <summary>
/// The statement of any organization over any days: what its accounts held, every entry that took effect, and what they held then. It names
/// the last entry that it counts; asked for again with that name it is the same, whatever was written since.
/// </summary>
public sealed class GetStatement(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    private const int AtOnce = 500;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The statement with one page of its entries.</summary>
    public async Task<Outcome<StatementView>> RunAsync(Caller caller, OrganizationId id, StatementForm form, StatementCursor? after, int rows, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, id, form, cancel)).ThenAsync<StatementView>(async statement =>
        {
            var running = statement.Accounts.ToDictionary(account => account.Account, account => account.Opening);
            if (after is { } cursor)
            {
                foreach (var (account, sum) in await StatementReading.UpToAsync(store, statement.Range, cursor, cancel))
                {
                    running[account] = running.GetValueOrDefault(account) + sum;
                }
            }

            var lines = await StatementReading.LinesAsync(store, statement.Range, after, rows + 1, running, cancel);
            return new Outcome<StatementView>.Done(new StatementView(statement, lines.Length > rows ? lines[..rows] : lines, lines.Length > rows));
        });
    }

    /// <summary>The statement with all its entries, to be read as they are sent.</summary>
    public async Task<Outcome<(Statement Statement, IAsyncEnumerable<StatementLine> Lines)>> ExportAsync(Caller caller, OrganizationId id, StatementForm form, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return (await ReachAsync(store, caller, id, form, cancel)).Then<(Statement Statement, IAsyncEnumerable<StatementLine> Lines)>(statement =>
            new Outcome<(Statement Statement, IAsyncEnumerable<StatementLine> Lines)>.Done((statement, AllAsync(statement, cancel))));
    }

    private async Task<Outcome<Statement>> ReachAsync(BillingStore store, Caller caller, OrganizationId id, StatementForm form, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission);
        return await reached.ThenAsync(async organization =>
        {
            var last = await StatementReading.LastAsync(store, id, cancel);
            return await form.Read(organization.Zone, Instant.Now(clock), last).ThenAsync<Statement>(async days =>
            {
                var range = new StatementRange(id, LocalTime.StartOf(days.First, organization.Zone), LocalTime.StartOf(days.Final.AddDays(1), organization.Zone), days.Through);
                return new Outcome<Statement>.Done(new Statement(organization, days, range, last, await StatementReading.AccountsAsync(store, range, cancel)));
            });
        });
    }

    private async IAsyncEnumerable<StatementLine> AllAsync(Statement statement, [EnumeratorCancellation] CancellationToken cancel)
    {
        var running = statement.Accounts.ToDictionary(account => account.Account, account => account.Opening);
        StatementCursor? after = null;
        while (true)
        {
            ImmutableArray<StatementLine> lines;
            await using (var store = await stores.CreateDbContextAsync(cancel))
            {
                lines = await StatementReading.LinesAsync(store, statement.Range, after, AtOnce, running, cancel);
            }

            foreach (var line in lines)
            {
                yield return line;
                after = line.Cursor;
            }

            if (lines.Length < AtOnce)
            {
                yield break;
            }
        }
    }
}

/// <summary>A statement without its entries.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Days">The days, and the last entry that counts.</param>
/// <param name="Range">The same as moments.</param>
/// <param name="Last">The journal's last entry.</param>
/// <param name="Accounts">What each account of the customer's side held at both ends.</param>
public sealed record Statement(Organization Organization, StatementDays Days, StatementRange Range, long Last, ImmutableArray<StatementAccount> Accounts)
{
    /// <summary>Value held less what was owed at the beginning, in millionths.</summary>
    public long Opening => Accounts.Sum(account => account.Opening);

    /// <summary>The same at the end.</summary>
    public long Closing => Accounts.Sum(account => account.Closing);

    /// <summary>An amount of it.</summary>
    public Money Of(long micros) => new(micros, Organization.Money);
}

/// <summary>A statement with a page of its entries.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Lines">The entries, oldest effect first.</param>
/// <param name="HasMore">True where more follow.</param>
public sealed record StatementView(Statement Statement, ImmutableArray<StatementLine> Lines, bool HasMore);
