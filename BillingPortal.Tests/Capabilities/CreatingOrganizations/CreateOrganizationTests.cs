using BillingPortal.Capabilities.CreatingOrganizations;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Capabilities.Overviews;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.CreatingOrganizations;

public sealed class CreateOrganizationTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task A_created_organization_has_what_was_asked_and_an_empty_ledger(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var finance = await house.Stores.PersonAsync("finance", "FINANCE");
        var form = Form("  Nordic Fish  ") with { Parent = "10001", Currency = "NOK", Model = ChargingModel.Postpaid, TimeZone = "Europe/Oslo", Slug = "nordic" };
        var number = await DoneAsync(house, finance, form);
        await using var store = house.Stores.CreateDbContext();
        var made = await store.Organizations.SingleAsync(o => o.Id == number.Value);
        (made.Name, made.Slug, made.ParentId, made.Currency, made.ChargingModel, made.TimeZone, made.Uuid, made.Plan)
            .ShouldBe(("Nordic Fish", "nordic", house.Beta, "NOK", ChargingModel.Postpaid, "Europe/Oslo", form.Uuid, "free"));
        made.Path.ShouldBe($"/{house.Beta}/{number}/");
        (await store.Heads.SingleAsync(h => h.OrganizationId == number.Value)).Seq.ShouldBe(0);
        await house.Ledger.DoneAsync(house.Ledger.Charge(number, 1));
        (await house.NamesAsync(house.Support, new() { Text = "fish" })).ShouldBe(["Nordic Fish"]);
    }

    [Theory]
    [BothDatabases]
    public async Task The_same_form_twice_is_one_organization(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var finance = await house.Stores.PersonAsync("finance", "FINANCE");
        var form = Form("Twice");
        var both = await Task.WhenAll(DoneAsync(house, finance, form), DoneAsync(house, finance, form));
        both[0].ShouldBe(both[1]);
        (await house.NamesAsync(house.Support, new() { Text = "twice" })).ShouldBe(["Twice"]);
        (await DoneAsync(house, finance, Form("Twice"))).ShouldNotBe(both[0]);
    }

    [Theory]
    [BothDatabases]
    public async Task What_is_wrong_is_told_by_field_and_nothing_is_created(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var finance = await house.Stores.PersonAsync("finance", "FINANCE");
        (await FieldsAsync(Form(" "))).ShouldBe(["Name"]);
        (await FieldsAsync(Form("Fine") with { Slug = "Not Fine" })).ShouldBe(["Slug"]);
        (await FieldsAsync(Form("Fine") with { Slug = "10001" })).ShouldBe(["Slug"]);
        (await FieldsAsync(Form("Fine") with { Slug = "new", Currency = "XXX", TimeZone = "Mars/Phobos" })).ShouldBe(["Slug", "Currency", "TimeZone"]);
        (await FieldsAsync(Form("Fine") with { Parent = "acme" })).ShouldBe(["Parent"]);
        (await FieldsAsync(Form("Fine") with { Parent = "99999" })).ShouldBe(["Parent"]);
        (await RunAsync(house, finance, Form("Fine") with { Slug = "beta-west" })).ShouldBeOfType<Outcome<OrganizationId>.Refused>().Refusal
            .ShouldSatisfyAllConditions(no => no.Code.ShouldBe(RefusalCode.Taken), no => no.Field.ShouldBe("Slug"));
        (await house.TotalsAsync(house.Support)).Counted.ShouldBe(House.Organizations);

        async Task<IEnumerable<string>> FieldsAsync(NewOrganizationForm form) =>
            (await RunAsync(house, finance, form)).ShouldBeOfType<Outcome<OrganizationId>.Invalid>().Errors.Select(error => error.Field);
    }

    [Theory]
    [BothDatabases]
    public async Task Only_who_may_create_organizations_does(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        foreach (var caller in (Caller[])[house.Support, house.Reseller, house.Nobody])
        {
            (await RunAsync(house, caller, Form("Fine"))).ShouldBeOfType<Outcome<OrganizationId>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Forbidden);
        }
    }

    private static NewOrganizationForm Form(string name) => new() { Uuid = Guid.NewGuid(), Name = name };

    private static Task<Outcome<OrganizationId>> RunAsync(House house, Caller caller, NewOrganizationForm form) =>
        new CreateOrganization(house.Stores, house.Ledger.Writer, house.Clock).RunAsync(caller, form, default);

    private static async Task<OrganizationId> DoneAsync(House house, Caller caller, NewOrganizationForm form) =>
        (await RunAsync(house, caller, form)).ShouldBeOfType<Outcome<OrganizationId>.Done>().Value;
}
