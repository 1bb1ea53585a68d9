using System.Text.Json;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.BillingDetails;

/// <summary>Contract 3, as programs ask for it.</summary>
public sealed class ExternalOrganizationsTests(TestDatabases databases)
{
    private const string Route = "/api/v2/external/orgs";

    private const string Whole =
        """
        {
          "billing_company_name": " Acme Robotics GmbH ", "billing_address_line1": "Musterstraße 1", "billing_address_line2": "", "billing_city": "Berlin", "billing_state": "شرق",
          "billing_postal_code": "10115", "billing_country": "de", "billing_tax_id": "de 136.695.976", "billing_tax_id_type": "eu_vat", "name": "Acme 🤖", "slug": "acme-2",
          "billing_email": "accounts@acme.example", "no_such_field": [1]
        }
        """;

    [Theory]
    [BothDatabases]
    public async Task A_patch_changes_what_it_names_once_and_the_old_slug_leads_on(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (id, uuid) = await portal.OrganizationAsync(shape: o => o.Slug = "acme");
        var other = await portal.OrganizationAsync("Other", shape: o => o.Slug = "other");
        var admin = await portal.ProgramAsync(Role.Admin, id);
        var stranger = await portal.ProgramAsync(Role.Admin, other.Id);

        var whole = await admin.AskAsync(HttpMethod.Patch, Route + "/acme", Whole, "key-1");
        var again = await admin.AskAsync(HttpMethod.Patch, Route + "/acme", Whole, "key-1");
        var reused = await admin.AskAsync(HttpMethod.Patch, Route + "/acme", """{"billing_city":"Bonn"}""", "key-1");
        var part = await admin.AskAsync(HttpMethod.Patch, Route + "/acme", """{"billing_city":null,"billing_email":null}""");

        whole.Status.ShouldBe(200, whole.Text);
        whole.Body.EnumerateObject().Select(field => field.Name).ShouldBe(["slug", "name", "id", "created_at", "billing_email", "billing_details"]);
        (whole["slug"], whole["name"], whole["id"], whole["billing_email"]).ShouldBe(("acme-2", "Acme 🤖", uuid.ToString(), "accounts@acme.example"));
        whole["created_at"]!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        whole.Body.GetProperty("billing_details").GetRawText().ShouldBe(
            """{"billing_company_name":"Acme Robotics GmbH","billing_address_line1":"Musterstraße 1","billing_address_line2":null,"billing_city":"Berlin","billing_state":"شرق","billing_postal_code":"10115","billing_country":"DE","billing_tax_id":"DE136695976","billing_tax_id_type":"eu_vat"}""");
        again.Text.ShouldBe(whole.Text);
        Wrong(reused).ShouldBe((422, "header idempotency-key", "key_reused"));
        (part["slug"], part["billing_email"]).ShouldBe(("acme-2", ""));
        part.Body.GetProperty("billing_details").GetProperty("billing_city").ValueKind.ShouldBe(JsonValueKind.Null);
        part.Body.GetProperty("billing_details").GetProperty("billing_tax_id").GetString().ShouldBe("DE136695976");

        // A slug that somebody has, or had, is nobody else's; one's own old one can be taken back.
        Wrong(await admin.AskAsync(HttpMethod.Patch, Route + "/acme-2", """{"slug":"other"}""")).ShouldBe((409, "body slug", "taken"));
        Wrong(await stranger.AskAsync(HttpMethod.Patch, Route + "/other", """{"slug":"acme"}""")).ShouldBe((409, "body slug", "taken"));
        (await admin.AskAsync(HttpMethod.Patch, Route + "/acme-2", """{"slug":"acme"}"""))["slug"].ShouldBe("acme");
        (await admin.AskAsync(HttpMethod.Patch, Route + "/acme-2", "{}"))["slug"].ShouldBe("acme");
        Wrong(await stranger.AskAsync(HttpMethod.Patch, Route + "/acme", """{"name":"Mine"}""")).ShouldBe((404, "path slug", "not_found"));

        await using var store = await portal.StoreAsync();
        var history = await DetailsHistoryLine.ReadAsync(store, id.Value, 10, default);
        history.Select(line => line.Fields.Length).ShouldBe([1, 2, 11]);
        history[0].Fields.Single().ShouldBe(("slug", "acme-2", "acme"));
        history[1].Fields.ShouldBe([("billing_city", "Berlin", null), ("billing_email", "accounts@acme.example", null)], ignoreOrder: true);
        (await store.OrganizationEvents.Where(e => e.OrganizationId == id.Value).Select(e => e.Text).ToListAsync()).ShouldContain("Billing details changed by Person 1: City, Billing email.");
        (await OrganizationSearch.Matching(store, "de136 695").ToListAsync()).ShouldBe([id.Value]);
    }

    /// <summary>Every limit of the contract's page and every kind of error, in one portal.</summary>
    [Fact]
    public async Task Every_field_that_cannot_be_accepted_is_named_with_its_reason()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var acme = await portal.OrganizationAsync(shape: o => o.Slug = "acme");
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);
        var (staff, manager, narrow) = (await portal.ProgramAsync(Role.Staff, acme.Id), await portal.ProgramAsync(Role.Manager, acme.Id), await portal.ProgramAsync(Role.Admin, acme.Id, "organizations:read"));

        foreach (var field in DetailField.OfContract)
        {
            var asked = await admin.AskAsync(HttpMethod.Patch, Route + "/acme", $$"""{"{{field.Code}}":7}""");
            Wrong(asked).ShouldBe((422, $"body {field.Code}", "string_type"));
            Wrong(await admin.AskAsync(HttpMethod.Patch, Route + "/acme", $$"""{"{{field.Code}}":"{{new string('a', field.Most + 1)}}"}""")).ShouldBe((422, $"body {field.Code}", "string_too_long"));
            Wrong(await admin.AskAsync(HttpMethod.Patch, Route + "/acme", $$"""{"{{field.Code}}":"\u0000"}""")).ShouldBe((422, $"body {field.Code}", "value_error"));
            Wrong(await admin.AskAsync(HttpMethod.Patch, Route + "/acme", $$"""{"{{field.Code}}":"\ud83d"}""")).ShouldBe((422, $"body {field.Code}", "string_type"));
        }

        foreach (var (body, status, loc, type) in new[]
        {
            ("""{"name":null}""", 422, "body name", "string_type"), ("""{"slug":null}""", 422, "body slug", "string_type"), ("""{"slug":""}""", 422, "body slug", "string_too_short"),
            ("""{"slug":"-a"}""", 422, "body slug", "string_pattern_mismatch"), ("""{"billing_tax_id":"DE136695977"}""", 422, "body billing_tax_id", "value_error"),
            ("""{"billing_tax_id_type":"vat"}""", 422, "body billing_tax_id_type", "value_error"), ("""{"billing_country":"ZZ"}""", 422, "body billing_country", "value_error"),
            ("""{"billing_email":"no"}""", 422, "body billing_email", "value_error"), ("[]", 400, "body", "malformed_json"), ("{", 400, "body", "malformed_json"),
            ("""{"name":"a","name":"b"}""", 400, "body", "malformed_json"),
        })
        {
            Wrong(await admin.AskAsync(HttpMethod.Patch, Route + "/acme", body)).ShouldBe((status, loc, type), body);
        }

        (await admin.AskAsync(HttpMethod.Patch, Route + "/acme", """{"name":null,"billing_country":"ZZ"}""")).Body.GetProperty("detail").GetArrayLength().ShouldBe(2);
        Wrong(await admin.AskAsync(HttpMethod.Patch, Route + "/acme", "{}", new string('k', 256))).ShouldBe((422, "header idempotency-key", "idempotency_key_invalid"));
        Wrong(await admin.AskAsync(HttpMethod.Patch, Route + "/acme", "a", type: "image/png")).ShouldBe((415, "header content-type", "unsupported_media_type"));
        Wrong(await admin.AskAsync(HttpMethod.Delete, Route + "/acme", content: null)).Status.ShouldBe(405);
        Wrong(await portal.CreateClient().AskAsync(HttpMethod.Patch, Route + "/acme", "{}")).ShouldBe((401, "header authorization", "unauthorized"));
        Wrong(await staff.AskAsync(HttpMethod.Patch, Route + "/acme", """{"billing_city":"Bonn"}""")).ShouldBe((403, "header authorization", "forbidden"));
        Wrong(await narrow.AskAsync(HttpMethod.Patch, Route + "/acme", """{"billing_city":"Bonn"}""")).ShouldBe((403, "header authorization", "forbidden"));
        Wrong(await manager.AskAsync(HttpMethod.Patch, Route + "/acme", """{"billing_city":"Bonn","name":"Mine"}""")).ShouldBe((403, "header authorization", "forbidden"));
        (await manager.AskAsync(HttpMethod.Patch, Route + "/acme", """{"billing_city":"=1+1"}""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Organizations_are_listed_with_the_role_that_counts_there_and_created_at_the_top_or_below_another()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var acme = await portal.OrganizationAsync(shape: o => (o.Slug, o.Currency) = ("acme", "EUR"));
        await portal.OrganizationAsync("Other");
        var (finance, admin) = (await portal.ProgramAsync(Role.Finance), await portal.ProgramAsync(Role.Admin, acme.Id));

        var top = await finance.AskAsync(HttpMethod.Post, Route, """{"name":"Globex"}""", "new");
        var again = await finance.AskAsync(HttpMethod.Post, Route, """{"name":"Globex"}""", "new");
        admin.DefaultRequestHeaders.Add(OwnOrganization.SlugHeader, "acme");
        var below = await admin.AskAsync(HttpMethod.Post, Route, """{"name":"Acme","slug":null,"billing_email":"a@example.com"}""");

        (top.Status, top["slug"], again.Text).ShouldBe((201, "globex", top.Text));
        (below.Status, below["billing_email"]).ShouldBe((201, "a@example.com"));
        below["slug"].ShouldStartWith("acme-");
        Wrong(await finance.AskAsync(HttpMethod.Post, Route, """{"name":"X","slug":"acme"}""")).ShouldBe((409, "body slug", "taken"));
        Wrong(await finance.AskAsync(HttpMethod.Post, Route, "{}")).ShouldBe((422, "body name", "missing"));
        admin.DefaultRequestHeaders.Remove(OwnOrganization.SlugHeader);
        Wrong(await admin.AskAsync(HttpMethod.Post, Route, """{"name":"X"}""")).Status.ShouldBe(403);

        var list = await admin.ReadAsync(Route);
        using var rows = JsonDocument.Parse(list.Text);
        rows.RootElement.EnumerateArray().Select(row => (row.GetProperty("name").GetString(), row.GetProperty("role").GetString())).ShouldBe([("Acme Robotics", "ADMIN"), ("Acme", "ADMIN")]);
        var first = await finance.ReadAsync(Route + "?limit=1");
        first.Response.Headers.GetValues("Link").Single().ShouldContain("limit=1&cursor=");
        Wrong(await finance.ReadAsync(Route + "?limit=0&cursor=x")).ShouldBe((422, "query limit", "value_error"));
    }

    private static (int Status, string Loc, string Type) Wrong(Answer answer)
    {
        var detail = answer.Body.GetProperty("detail")[0];
        detail.GetProperty("msg").GetString().ShouldNotBeNullOrEmpty();
        return (answer.Status, string.Join(' ', detail.GetProperty("loc").EnumerateArray().Select(part => part.GetString())), detail.GetProperty("type").GetString()!);
    }
}
