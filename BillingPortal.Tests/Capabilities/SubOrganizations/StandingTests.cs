using BillingPortal.Capabilities.SubOrganizations;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Capabilities.Overviews;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.SubOrganizations;

/// <summary>Disabled, detached, handed over, paid for by the parent; and who belongs to it.</summary>
public sealed class StandingTests(TestDatabases databases)
{
    private static readonly OrganizationId West = new(10003), East = new(10004);

    [Theory]
    [BothDatabases]
    public async Task A_disabled_organization_refuses_charge_requests_until_it_is_enabled(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        (await Standing(house).DisableAsync(house.Reseller, East, disabled: true, default)).ShouldBeOfType<Outcome<Profile>.Done>();
        (await house.Ledger.RunAsync(house.Ledger.Charge(East, 1))).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Disabled);
        (await Standing(house).DisableAsync(house.Reseller, East, disabled: false, default)).ShouldBeOfType<Outcome<Profile>.Done>();
        await house.Ledger.DoneAsync(house.Ledger.Charge(East, 1));
        await using var store = house.Stores.CreateDbContext();
        (await store.OrganizationEvents.Where(e => e.OrganizationId == East.Value).OrderBy(e => e.Id).Select(e => e.Text).ToListAsync())
            .ShouldBe(["Disabled by reseller.", "Disabled: charge requests are refused.", "Enabled by reseller.", "Enabled again."]);
    }

    [Theory]
    [BothDatabases]
    public async Task Handed_over_it_goes_with_everything_below_and_its_entries_stay(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var below = await house.Ledger.OrganizationAsync(name: "Beta East Side", shape: o => o.ParentId = East.Value);
        var both = await house.Stores.PersonAsync("both", memberships: [(house.Beta, "ADMIN"), (house.Gamma, "ADMIN")]);

        (await Standing(house).MoveAsync(house.Reseller, East, new OrganizationId(house.Gamma), default)).ShouldBeOfType<Outcome<Profile>.Invalid>().Errors[0].Field.ShouldBe("Parent");
        (await Standing(house).MoveAsync(both, new OrganizationId(house.Beta), below, default)).ShouldBeOfType<Outcome<Profile>.Refused>();
        (await Standing(house).MoveAsync(both, East, new OrganizationId(house.Gamma), default)).ShouldBeOfType<Outcome<Profile>.Done>();

        await using var store = house.Stores.CreateDbContext();
        (await store.Organizations.Where(o => o.Id == East.Value || o.Id == below.Value).OrderBy(o => o.Id).Select(o => o.Path).ToListAsync())
            .ShouldBe([$"/{house.Gamma}/{East}/", $"/{house.Gamma}/{East}/{below}/"]);
        (await store.Organizations.SingleAsync(o => o.Id == East.Value)).ParentId.ShouldBe(house.Gamma);
        (await store.Entries.CountAsync(e => e.OrganizationId == East.Value)).ShouldBe(1);
        (await Standing(house).DisableAsync(house.Reseller, East, disabled: true, default)).ShouldBeOfType<Outcome<Profile>.NotFound>();
        (await store.OrganizationEvents.Where(e => e.OrganizationId == East.Value).Select(e => e.Text).ToListAsync()).ShouldAllBe(text => !text.Contains("Gamma", StringComparison.Ordinal));
    }

    [Theory]
    [BothDatabases]
    public async Task It_is_detached_only_where_it_has_an_administrator_and_is_not_handed_what_its_new_parent_lacks(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var both = await house.Stores.PersonAsync("both", memberships: [(house.Beta, "ADMIN"), (house.Gamma, "ADMIN")]);
        await using var store = house.Stores.CreateDbContext();
        await store.Organizations.Where(o => o.Id == East.Value).ExecuteUpdateAsync(o => o.SetProperty(x => x.Features, "workflows"));

        (await Standing(house).MoveAsync(both, East, new OrganizationId(house.Gamma), default)).ShouldBeOfType<Outcome<Profile>.Refused>().Refusal.Message.ShouldContain("Workflows");
        (await Standing(house).MoveAsync(both, East, parent: null, default)).ShouldBeOfType<Outcome<Profile>.Refused>().Refusal.Code.ShouldBe(RefusalCode.LastAdministrator);
        await house.Stores.PersonAsync("eastern", memberships: (East.Value, "ADMIN"));
        (await Standing(house).MoveAsync(both, East, parent: null, default)).ShouldBeOfType<Outcome<Profile>.Done>();
        (await store.Organizations.Where(o => o.Id == East.Value).Select(o => new { o.Path, o.ParentId }).SingleAsync()).ShouldBe(new { Path = $"/{East}/", ParentId = (long?)null });
    }

    [Theory]
    [BothDatabases]
    public async Task Paid_for_by_its_parent_it_gives_its_value_up_as_previewed_and_both_caps_count_what_it_spends(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var (parent, child) = (await house.Ledger.OrganizationAsync(name: "Delta"), default(OrganizationId));
        child = await house.Ledger.OrganizationAsync(name: "Delta Sub", shape: o => o.ParentId = parent.Value);
        await house.Ledger.DoneAsync(house.Ledger.TopUp(child, 40));
        await house.Ledger.DoneAsync(house.Ledger.Charge(child, 3));
        var admin = await house.Stores.PersonAsync("delta", memberships: (parent.Value, "ADMIN"));
        var own = await house.Stores.PersonAsync("deltasub", memberships: (child.Value, "ADMIN"));
        var paying = new UsingParentBalance(house.Stores, house.Ledger.Writer);

        (await paying.PreviewAsync(own, child, uses: true, "k0", default)).ShouldBeOfType<Outcome<Preview>.Refused>();
        var preview = (await paying.PreviewAsync(admin, child, uses: true, "k1", default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        (await paying.CommitAsync(admin, child, uses: true, "k1", Agreement.To(preview), default)).ShouldBeOfType<Outcome<Receipt>.Done>();
        await house.Ledger.DoneAsync(house.Ledger.Charge(child, 5) with { Payer = parent });

        await using var store = house.Stores.CreateDbContext();
        (preview.Before[child].Balance, preview.After[child].Balance).ShouldBe((Ledger.Micros(37), 0));
        var organizations = await store.Organizations.Where(o => o.Id == child.Value || o.Id == parent.Value).OrderBy(o => o.Id).ToListAsync();
        var spent = await SpendReading.ReadAsync(store, organizations, new Dictionary<long, BillingRuleRow>(), house.Ledger.Now, default);

        // Both caps count it: the consumer's, who used it, and the payer's, whose ledger paid (rules §6).
        (spent[child.Value].Spent, spent[parent.Value].Spent).ShouldBe((Ledger.Micros(8), Ledger.Micros(5)));
        (await store.Accounts.Where(a => a.OrganizationId == parent.Value && a.Kind == (int)AccountKind.Cash).SumAsync(a => a.Balance)).ShouldBe(Ledger.Micros(32));
    }

    [Theory]
    [BothDatabases]
    public async Task A_top_organization_keeps_an_administrator_however_many_are_removed_at_once(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        await house.Stores.PersonAsync("second", memberships: (house.Beta, "ADMIN"));
        var setting = new SetMember(house.Stores, null!, new OrganizationWriter(house.Ledger.Writer, house.Clock));
        var outcomes = await Task.WhenAll(
            setting.ChangeAsync(house.Reseller, new OrganizationId(house.Beta), "second", role: null, default),
            setting.ChangeAsync(new Caller("second", "page"), new OrganizationId(house.Beta), "reseller", role: Role.Staff, default));
        outcomes.Count(outcome => outcome is Outcome<Member>.Done).ShouldBe(1);
        await using var store = house.Stores.CreateDbContext();
        (await store.Memberships.CountAsync(m => m.OrganizationId == house.Beta && m.Role == "ADMIN")).ShouldBe(1);
        (await setting.ChangeAsync(house.Support, new OrganizationId(house.Beta), "reseller", Role.Staff, default)).ShouldBeOfType<Outcome<Member>.Refused>();
    }

    private static SetStanding Standing(House house) => new(house.Stores, new OrganizationWriter(house.Ledger.Writer, house.Clock));
}
