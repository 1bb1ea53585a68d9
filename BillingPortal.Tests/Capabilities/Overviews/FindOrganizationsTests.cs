using System.Globalization;
using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Migrations;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Overviews;

public sealed class FindOrganizationsTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task Search_finds_by_name_word_slug_number_and_uuid_and_exact_ones_first(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        await house.Ledger.OrganizationAsync(name: "West");
        (await FindAsync(house, house.Support, "beta")).ShouldBe(["Beta Cloud", "Beta East", "Beta West"]);
        (await FindAsync(house, house.Support, "west")).ShouldBe(["West", "Beta West"]);
        (await FindAsync(house, house.Support, "bäker")).ShouldBe(["Éclair Bakery"]);
        (await FindAsync(house, house.Support, "gamma-s")).ShouldBe(["Gamma Sub"]);
        (await FindAsync(house, house.Support, house.Gamma.ToString(CultureInfo.InvariantCulture))).ShouldBe(["Gamma Group"]);
        (await FindAsync(house, house.Support, House.BetaWest.ToString("N"))).ShouldBe(["Beta West"]);
        (await FindAsync(house, house.Support, "zzz")).ShouldBeEmpty();
        (await FindAsync(house, house.Support, "'; --")).ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task Search_stays_in_the_callers_tree(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        (await FindAsync(house, house.Reseller, "gamma")).ShouldBeEmpty();
        (await FindAsync(house, house.Reseller, "group")).ShouldBeEmpty();
        (await FindAsync(house, house.Reseller, house.Gamma.ToString(CultureInfo.InvariantCulture))).ShouldBeEmpty();
        (await FindAsync(house, house.Reseller, "west")).ShouldBe(["Beta West"]);
        (await FindAsync(house, house.Nobody, "west")).ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task Names_from_before_the_words_are_parted_as_new_ones_are(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        await house.Ledger.OrganizationAsync(name: "Rock-Paper Scissors - Rock");
        await using var store = house.Stores.CreateDbContext();
        var kept = await WordsAsync(store);
        kept.ShouldContain("paper");
        await store.Database.ExecuteSqlRawAsync(SearchSchema.Drop);
        await store.Database.ExecuteSqlRawAsync(kind is DatabaseKind.Sqlite ? SearchSchema.Sqlite : SearchSchema.Postgres);
        (await WordsAsync(store)).ShouldBe(kept);
    }

    [Fact]
    public void Words_after_the_first_are_kept_once() =>
        NameSearch.LaterWords("  Ünïted Rock-Paper rock ").ShouldBe(["rock", "paper"]);

    private static async Task<List<string>> WordsAsync(BillingStore store) =>
        await store.OrganizationWords.OrderBy(w => w.OrganizationId).ThenBy(w => w.Word).Select(w => w.Word).ToListAsync();

    private static async Task<IEnumerable<string>> FindAsync(House house, Caller caller, string text) =>
        (await new FindOrganizations(house.Stores).RunAsync(caller, text, default)).Select(found => found.Name);
}
