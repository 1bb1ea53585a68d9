using System.Globalization;
using BillingPortal.Capabilities.ReadingJournal;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.ReadingJournal;

/// <summary>The plain-text journal as hledger itself reads it: one program's figures against another's.</summary>
public sealed class PlainTextJournalTests(TestDatabases databases)
{
    /// <summary>Everything that could end a line, begin a comment, be taken for a date or for a tag.</summary>
    private const string Hostile = "a;b [2024-99-99] date:2024-99-99 :x:y: key:: (1/0)\r\n2024-01-01 * forged\n    org:1:cash  9 USD\u2028|\t\"=\" 5 %";

    [Theory]
    [BothDatabases]
    public async Task Hledger_gives_every_account_the_store_s_balance_in_every_currency(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync(name: "Acme; \"Robotics\" [2024-13-01]", shape: o => o.TimeZone = "Pacific/Auckland");
        var berg = await room.Ledger.OrganizationAsync(ChargingModel.Postpaid, "Berg", o => o.Currency = "EUR");
        var yama = await room.Ledger.OrganizationAsync(name: "Yama", shape: o => o.Currency = "JPY");
        await room.Ledger.OrganizationAsync(name: "Without entries");
        foreach (var organization in new[] { acme, berg, yama })
        {
            await room.PostAsync(room.Ledger.TopUp(organization, 100.000001m, bonusRate: 200_000));
            await room.PostAsync(room.Ledger.Charge(organization, 33.333333m, service: Hostile));
            await room.PostAsync(room.Ledger.Charge(organization, 0.25m) with { OccurredAt = new Instant(Instant.Now(room.Clock).Micros - 3_600_000_000) });
            var goodwill = await room.PostAsync(room.Ledger.Adjust(organization, new Adjustment.Add(AccountKind.Bonus, 5_000_000)) with { Comment = Hostile });
            await room.PostAsync(room.Ledger.Reverse(organization, goodwill.Seq) with { Comment = "=cmd|' /C calc'!A0" });
            await room.PostAsync(room.Ledger.Charge(organization, 200, ChargeMode.Fact));
        }

        var all = await BalancesAsync(await ExportAsync(room, null));
        all.ShouldBe(await StoredAsync(room, null), ignoreOrder: true);
        all.Select(line => line.Split(' ')[^1]).Distinct().ShouldBe(["USD", "EUR", "JPY", "0"], ignoreOrder: true);
        (await BalancesAsync(await ExportAsync(room, berg))).ShouldBe(await StoredAsync(room, berg), ignoreOrder: true);
    }

    [Theory]
    [BothDatabases]
    public async Task Hledger_refuses_a_journal_with_one_amount_changed(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync();
        await room.PostAsync(room.Ledger.TopUp(acme, 100));
        await room.PostAsync(room.Ledger.Charge(acme, 30));
        var text = await ExportAsync(room, acme);

        var forged = text.Replace("-30.000000 USD", "-31.000000 USD", StringComparison.Ordinal).Replace(" 30.000000 USD\n", " 31.000000 USD\n", StringComparison.Ordinal);

        var (code, printed) = await CheckAsync(forged);
        code.ShouldNotBe(0);
        printed.ShouldContain("assertion");
    }

    [Theory]
    [BothDatabases]
    public async Task A_reseller_s_file_holds_its_own_tree_only(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var reseller = await room.Ledger.OrganizationAsync(name: "Reseller");
        var child = await room.Ledger.OrganizationAsync(name: "Child", shape: o => o.ParentId = reseller.Value);
        var stranger = await room.Ledger.OrganizationAsync(name: "Stranger");
        foreach (var organization in new[] { child, stranger })
        {
            await room.PostAsync(room.Ledger.TopUp(organization, 10));
        }

        var caller = await room.Stores.PersonAsync("rita", null, (reseller.Value, "ADMIN"));

        (await ExportAsync(room, null, caller)).ShouldSatisfyAllConditions(
            text => text.ShouldContain($"org:{child}:cash"),
            text => text.ShouldNotContain("Stranger"),
            text => text.ShouldNotContain($"org:{stranger}"));
        (await new ExportPlainText(room.Stores, room.Clock).RunAsync(caller, stranger, default)).ShouldBeOfType<Outcome<Func<TextWriter, CancellationToken, Task>>.NotFound>();
    }

    private static async Task<string> ExportAsync(ReadingRoom room, OrganizationId? organization, Caller? caller = null)
    {
        var write = (await new ExportPlainText(room.Stores, room.Clock).RunAsync(caller ?? room.Support, organization, default))
            .ShouldBeOfType<Outcome<Func<TextWriter, CancellationToken, Task>>.Done>().Value;
        await using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        await write(text, default);
        return text.ToString();
    }

    private static async Task<string[]> BalancesAsync(string journal)
    {
        var (code, printed) = await CheckAsync(journal);
        code.ShouldBe(0, printed);
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Replace("\",\"", " ", StringComparison.Ordinal).Trim('"'))];
    }

    private static async Task<(int Code, string Printed)> CheckAsync(string journal)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, journal);
            return Command.TryRun(SystemParts.Hledger(), "-f", file, "balance", "--flat", "--no-total", "--empty", "-O", "csv");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string[]> StoredAsync(ReadingRoom room, OrganizationId? organization)
    {
        await using var store = room.Stores.CreateDbContext();
        var accounts = await store.Accounts.Where(a => organization == null || a.OrganizationId == organization.Value.Value).ToListAsync();
        return [.. accounts.Select(a => $"org:{a.OrganizationId}:{new AccountKey(a.Account)} "
            + (a.Balance == 0 ? "0" : Money.FormatMicros(a.Balance, 6, CultureInfo.InvariantCulture, grouped: false) + " " + a.Currency))];
    }
}
