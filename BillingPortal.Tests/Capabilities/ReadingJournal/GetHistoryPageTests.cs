using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Capabilities.ReadingJournal;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.ReadingJournal;

public sealed class GetHistoryPageTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task The_newest_entries_come_first_with_the_value_after_each(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync();
        await room.PostAsync(room.Ledger.TopUp(acme, 100));
        await room.PostAsync(room.Ledger.Charge(acme, 30));
        await room.PostAsync(room.Ledger.Charge(acme, 5));

        var page = await room.PageAsync(acme);

        page.Page.Lines.Select(line => (line.Seq, line.Amount.Units, line.After.Units)).ShouldBe([(3, -5m, 65m), (2, -30m, 70m), (1, 100m, 100m)]);
        page.Counted.ShouldBe(3);
        page.Names[Ledger.Tester].ToString().ShouldBe("tester");
        (page.Page.HasNewer, page.Page.HasOlder).ShouldBe((false, false));
    }

    [Theory]
    [BothDatabases]
    public async Task Pages_follow_each_other_there_and_back_without_gap_or_double(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync();
        var other = await room.Ledger.OrganizationAsync(name: "Beta");
        for (var entry = 0; entry < 4; entry++)
        {
            await room.PostAsync(room.Ledger.TopUp(acme, 10));
            await room.PostAsync(room.Ledger.TopUp(other, 10));
        }

        foreach (var scope in new OrganizationId?[] { acme, null })
        {
            var (seen, place) = (new List<JournalCursor>(), new JournalPlace(3));
            HistoryPage page;
            do
            {
                page = await room.PageAsync(scope, place: place);
                seen.AddRange(page.Page.Lines.Select(line => line.Cursor));
                place = place with { After = seen[^1] };
            }
            while (page.Page.HasOlder);

            seen.Count.ShouldBe(scope is null ? 8 : 4);
            seen.ShouldBe(seen.Distinct().OrderByDescending(cursor => cursor.RecordedAt).ThenByDescending(cursor => cursor.Organization).ThenByDescending(cursor => cursor.Seq));
            var back = await room.PageAsync(scope, place: new JournalPlace(2, Before: seen[3]));
            back.Page.Lines.Select(line => line.Cursor).ShouldBe(seen[1..3]);
            (back.Page.HasNewer, back.Page.HasOlder).ShouldBe((true, true));
        }
    }

    [Theory]
    [BothDatabases]
    public async Task Every_filter_lets_through_what_it_says(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync();
        await room.PostAsync(room.Ledger.TopUp(acme, 100));
        await room.PostAsync(room.Ledger.Charge(acme, 30, service: "Compute 100%"));
        await room.PostAsync(room.Ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(7))) with { Actor = Actor.System("command-line") });
        room.Later(24);
        await room.PostAsync(room.Ledger.Charge(acme, 2, service: "Storage") with { OccurredAt = new Instant(Instant.Now(room.Clock).Micros - (25L * 3_600_000_000)) });
        await room.PostAsync(room.Ledger.Charge(acme, 1, service: "Storage"));

        async Task<long[]> SeqsAsync(string query, OrganizationId? organization) => [.. (await room.PageAsync(organization, query)).Page.Lines.Select(line => line.Seq)];
        foreach (var scope in new OrganizationId?[] { acme, null })
        {
            (await SeqsAsync("kind=charge", scope)).ShouldBe([5, 4, 2]);
            (await SeqsAsync("kind=charge&service=STOR", scope)).ShouldBe([5, 4]);
            (await SeqsAsync("service=100%25", scope)).ShouldBeEmpty();
            (await SeqsAsync("service=100%", scope)).ShouldBe([2]);
            (await SeqsAsync("reason=goodwill", scope)).ShouldBe([3]);
            (await SeqsAsync("actor=itself", scope)).ShouldBe([3]);
            (await SeqsAsync("actor=TEST", scope)).ShouldBe([5, 4, 2, 1]);
            (await SeqsAsync("actor=nobody", scope)).ShouldBeEmpty();
            (await SeqsAsync("min=7&max=30", scope)).ShouldBe([3, 2]);
            (await SeqsAsync("from=2026-03-11", scope)).ShouldBe([5]);
            (await SeqsAsync("to=2026-03-10", scope)).ShouldBe([4, 3, 2, 1]);
            (await SeqsAsync("by=recorded&from=2026-03-11", scope)).ShouldBe([5, 4]);
            (await SeqsAsync("by=recorded&to=2026-03-10", scope)).ShouldBe([3, 2, 1]);
            (await SeqsAsync("from=2027-01-01", scope)).ShouldBeEmpty();
            (await SeqsAsync("to=2020-01-01", scope)).ShouldBeEmpty();
        }

        (await room.PageAsync(acme, "to=2026-03-10", new JournalPlace(2))).ShouldSatisfyAllConditions(
            page => page.Page.Lines.Select(line => line.Seq).ShouldBe([4, 3]),
            page => page.Counted.ShouldBe(4));
        (await room.PageAsync(acme, "to=2026-03-10", new JournalPlace(2, After: (await room.PageAsync(acme)).Page.Lines[2].Cursor)))
            .Page.Lines.Select(line => line.Seq).ShouldBe([2, 1]);
    }

    [Theory]
    [BothDatabases]
    public async Task What_cannot_be_meant_is_said_and_left_out(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var acme = await room.Ledger.OrganizationAsync();
        await room.PostAsync(room.Ledger.TopUp(acme, 100));

        var page = await room.PageAsync(acme, "kind=gift&from=yesterday&min=-3");

        page.Errors.Select(error => error.Field).ShouldBe(["from", "kind", "min"]);
        page.Page.Lines.Length.ShouldBe(1);
    }

    [Theory]
    [BothDatabases]
    public async Task A_reseller_reads_its_own_tree_and_nothing_else(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var room = await ReadingRoom.OpenAsync(database);
        var reseller = await room.Ledger.OrganizationAsync(name: "Reseller");
        var child = await room.Ledger.OrganizationAsync(name: "Child", shape: o => o.ParentId = reseller.Value);
        var hidden = await room.Ledger.OrganizationAsync(name: "Hidden child", shape: o => o.ParentId = reseller.Value);
        var stranger = await room.Ledger.OrganizationAsync(name: "Stranger");
        foreach (var organization in new[] { reseller, child, hidden, stranger, child })
        {
            await room.PostAsync(room.Ledger.TopUp(organization, 10));
        }

        var caller = await room.Stores.PersonAsync("rita", null, (reseller.Value, "ADMIN"), (hidden.Value, "STAFF"));
        var staff = await room.Stores.PersonAsync("sten", null, (reseller.Value, "STAFF"));

        var all = await room.PageAsync(null, caller: caller);
        all.Page.Lines.Select(line => line.OrganizationName).ShouldBe(["Child", "Child", "Reseller"]);
        all.Counted.ShouldBe(3);
        (await room.PageAsync(null, "min=1", new JournalPlace(1, After: all.Page.Lines[0].Cursor), caller)).Page.Lines.Single().Cursor.ShouldBe(all.Page.Lines[1].Cursor);
        (await room.PageAsync(child, caller: caller)).Page.Lines.Length.ShouldBe(2);
        (await room.AskAsync(stranger, caller: caller)).ShouldBeOfType<Outcome<HistoryPage>.NotFound>();
        (await room.AskAsync(hidden, caller: caller)).ShouldBeOfType<Outcome<HistoryPage>.Refused>();
        (await room.AskAsync(null, caller: staff)).ShouldBeOfType<Outcome<HistoryPage>.Refused>();
        (await new GetEntry(room.Stores).RunAsync(caller, stranger, 1, default)).ShouldBeOfType<Outcome<EntryView>.NotFound>();
        (await new GetBalanceAsOf(room.Stores, room.Clock).RunAsync(caller, stranger, room.Later(), EntryTime.Recorded, default))
            .ShouldBeOfType<Outcome<BalancesAsOf>.NotFound>();
    }
}
