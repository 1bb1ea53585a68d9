using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.BillingDetails;

/// <summary>Contract 2's billing information of a token's own organization.</summary>
public sealed class BillingInformationTests(TestDatabases databases)
{
    private const string Route = "/org/payment";

    [Fact]
    public async Task It_is_entered_changed_in_part_validated_and_cleared()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var acme = await portal.OrganizationAsync(shape: o => o.Slug = "acme");
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        (await admin.ReadAsync(Route)).Status.ShouldBe(404);
        var tax = await admin.ReadAsync(Route + "/tax");
        (tax.Status, tax["message"]).ShouldBe((400, "address.country: is missing. address.city: is missing. address.street1: is missing."));
        var made = await admin.AskAsync(HttpMethod.Post, Route, """{"name":"Acme GmbH","phone":"+49 30 1","address":{"street1":"Weg 1","city":"Berlin","zip":"10115","country":"de"}}""");
        (made.Status, made.Text).ShouldBe((201, """{"name":"Acme GmbH","phone":"+49 30 1","address":{"street1":"Weg 1","street2":null,"city":"Berlin","state":null,"zip":"10115","country":"DE"}}"""));
        (await admin.AskAsync(HttpMethod.Post, Route, """{"name":"Again"}""")).Status.ShouldBe(409);
        (await admin.AskAsync(HttpMethod.Put, Route, """{"phone":null,"address":{"zip":"10117"}}""")).Text
            .ShouldBe("""{"name":"Acme GmbH","phone":null,"address":{"street1":"Weg 1","street2":null,"city":"Berlin","state":null,"zip":"10117","country":"DE"}}""");
        (await admin.ReadAsync(Route + "/tax")).Status.ShouldBe(204);
        var wrong = await admin.AskAsync(HttpMethod.Put, Route, """{"name":7,"address":{"country":"ZZ","zip":true}}""");
        (wrong.Status, wrong["error_code"]).ShouldBe((400, "invalid_request"));
        wrong["message"]!.ShouldBe("name: must be a string or null. address.zip: must be a string or null.");
        (await admin.AskAsync(HttpMethod.Put, Route, """{"address":{"country":"ZZ"}}"""))["message"]!.ShouldStartWith("address.country: must be a country's two letters");

        // Contract 4's number of unknown form is kept, and no tax information.
        await using (var store = await portal.StoreAsync())
        {
            var writer = (OrganizationWriter)portal.Services.GetService(typeof(OrganizationWriter))!;
            await writer.RunAsync([acme.Id.Value], edits => edits.SetVatinAsync(acme.Id.Value, "who knows", BillingPortal.Domain.Ledger.Actor.System("test")), default);
        }

        (await admin.ReadAsync(Route + "/tax"))["message"].ShouldBe("tax_id: is of no known type.");
        var cleared = await admin.AskAsync(HttpMethod.Delete, Route, content: null);
        (cleared.Status, cleared.Text).ShouldBe((204, ""));
        (await admin.ReadAsync(Route)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Whose_it_is_follows_from_the_tokens_owner_or_from_the_header()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var acme = await portal.OrganizationAsync(shape: o => o.Slug = "acme");
        await portal.OrganizationAsync("Other", shape: o => o.Slug = "other");
        var (staff, finance) = (await portal.ProgramAsync(Role.Staff, acme.Id), await portal.ProgramAsync(Role.Finance));

        (await staff.AskAsync(HttpMethod.Put, Route, """{"name":"x"}""")).Status.ShouldBe(403);
        (await finance.ReadAsync(Route)).Status.ShouldBe(404);
        finance.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "acme");
        (await finance.AskAsync(HttpMethod.Put, Route, """{"name":"x"}""")).Status.ShouldBe(200);
        (await staff.ReadAsync(Route))["name"].ShouldBe("x");
        staff.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "other");
        (await staff.ReadAsync(Route)).Status.ShouldBe(404);
    }
}
