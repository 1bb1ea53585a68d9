namespace BillingPortal.Tests.Floors;

public sealed class FloorTests
{
    private static readonly Building Planted = Building.Of(typeof(FloorTests));

    [Fact]
    public void Nobody_uses_a_floor_above() => HouseRules.NobodyLooksUp(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void Rooms_do_not_use_each_other() => HouseRules.RoomsAreSeparate(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void The_domain_knows_neither_database_nor_web() => HouseRules.TheDomainIsPlain(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void The_domain_knows_neither_clock_nor_chance() => HouseRules.TheDomainIsPure(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void Money_never_meets_floating_point() => HouseRules.MoneyIsWhole(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void Names_say_what_a_thing_is() => HouseRules.NamesSaySomething(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void Only_the_journal_writer_writes_to_the_ledger() => HouseRules.OnlyTheWriterWrites(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void Every_command_and_query_names_its_permission() => HouseRules.CapabilitiesNameTheirPermission(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void People_agree_only_to_what_they_saw() => HouseRules.PeopleAgreeToWhatTheySaw(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void Identity_is_used_in_one_room() => HouseRules.IdentityStaysInItsRoom(Building.Portal).ShouldBeEmpty();

    [Fact]
    public void The_plan_sees_the_building()
    {
        var floors = Building.Portal.Residents.CountBy(resident => resident.Floor).ToDictionary();
        Enum.GetValues<Floor>().ShouldAllBe(floor => floors.GetValueOrDefault(floor) > 0);
        Building.Portal.Residents.ShouldContain(resident => resident.Type.Name == nameof(BillingPortal.Domain.Money) && resident.Floor == Floor.Domain);
    }

    [Fact]
    public void Planted_breaches_are_found()
    {
        HouseRules.NobodyLooksUp(Planted).ShouldBe(
        [
            "BillingPortal.Domain.Planted.LooksUp (Domain) uses BillingPortal.Web.Planted.Above (Web)",
            "BillingPortal.Capabilities.PlantedRoom.Command (Capabilities) uses BillingPortal.Capabilities.PlantedRoom.PlantedPage (Web)",
        ], ignoreOrder: true);
        HouseRules.RoomsAreSeparate(Planted).ShouldHaveSingleItem().ShouldContain("PlantedNextRoom");
        HouseRules.TheDomainIsPlain(Planted).ShouldHaveSingleItem().ShouldContain("Npgsql");
        HouseRules.TheDomainIsPure(Planted).ShouldHaveSingleItem().ShouldContain("NewGuid");
        HouseRules.MoneyIsWhole(Planted).ShouldHaveSingleItem().ShouldContain("Impure");
        HouseRules.NamesSaySomething(Planted).ShouldHaveSingleItem().ShouldContain("MoneyHelper");
        HouseRules.OnlyTheWriterWrites(Planted).ShouldHaveSingleItem().ShouldContain("ledger_head");
        HouseRules.CapabilitiesNameTheirPermission(Planted).ShouldHaveSingleItem().ShouldContain("Query");
        HouseRules.PeopleAgreeToWhatTheySaw(Planted).ShouldHaveSingleItem().ShouldContain("PlantedPage");
        HouseRules.IdentityStaysInItsRoom(Planted).ShouldHaveSingleItem().ShouldContain("PlantedPage uses SignInManager");
    }
}
