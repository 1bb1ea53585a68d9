using System.Text.Json;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using static BillingPortal.Tests.Capabilities.SubOrganizations.Family;

namespace BillingPortal.Tests.Capabilities.SubOrganizations;

/// <summary>Contract 1's neighbours: create, change, join and list, as programs ask for them.</summary>
public sealed class SubOrganizationsApiTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task A_created_sub_organization_keeps_the_parents_currency_and_zone_and_is_answered_as_a_summary(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync(shape: o => (o.Currency, o.TimeZone) = ("EUR", "Europe/Berlin"));
        await GiveAsync(portal, acme.Id, "workflows slack_access");
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        var answer = await admin.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"name": " Acme East ", "features": {"workflows": true, "unknown": 7}, "config": {"email": "east@acme.example"}, "more": []}""");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Body.EnumerateObject().Select(field => field.Name).ShouldBe(
            ["id", "name", "logo_url", "plan", "balance", "promo_balance", "billing", "members", "spending_cap_used", "created_at", "features", "config"]);
        (answer["name"], answer["plan"], answer["balance"]).ShouldBe(("Acme East", "free", "0"));
        answer.Body.GetProperty("features").EnumerateObject().Where(feature => feature.Value.GetBoolean()).Select(feature => feature.Name).ShouldBe(["workflows"]);
        answer.Body.GetProperty("config").EnumerateObject().Select(part => part.Name).ShouldBe(["email"]);
        await using var store = await portal.StoreAsync();
        var made = await store.Organizations.SingleAsync(o => o.Uuid == Guid.Parse(answer["id"]!));
        (made.Name, made.ParentId, made.Currency, made.TimeZone, made.Path, made.ContactEmail).ShouldBe(
            ("Acme East", acme.Id.Value, "EUR", "Europe/Berlin", $"/{acme.Id}/{made.Id}/", "east@acme.example"));
        (await store.OrganizationEvents.Where(e => e.OrganizationId == made.Id).Select(e => e.Text).ToListAsync()).ShouldBe(["Created by Person 1."]);
        (await portal.Ledger.RunAsync(portal.Ledger.Charge(new OrganizationId(made.Id), 1))).ShouldNotBeNull();
    }

    [Theory]
    [BothDatabases]
    public async Task The_same_key_creates_once_and_another_body_under_it_is_refused(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"name": "Once"}""", "key-1")));
        var other = await admin.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"name": "Twice"}""", "key-1");
        var refused = await admin.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"name": "x"}""", "key-2");
        var again = await admin.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"name": "x"}""", "key-2");

        both.Select(answer => (answer.Status, answer.Text)).Distinct().ShouldHaveSingleItem().Status.ShouldBe(200);
        (other.Status, other["code"]).ShouldBe((422, "key_reused"));
        (refused.Status, again.Text).ShouldBe((422, refused.Text));
        await using var store = await portal.StoreAsync();
        (await store.Organizations.CountAsync(o => o.ParentId == acme.Id.Value)).ShouldBe(1);
    }

    [Theory]
    [BothDatabases]
    public async Task A_change_merges_field_by_field_and_null_clears(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, east) = await PairAsync(portal);
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);
        await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"config": {"email": "east@acme.example", "address": "1 Main Street"}}""");

        var answer = await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"name": "Acme West", "config": {"address": null, "terms_url": "https://acme.example/terms"}}""");

        answer.Status.ShouldBe(200, answer.Text);
        answer["name"].ShouldBe("Acme West");
        answer.Body.GetProperty("config").GetRawText().ShouldBe("""{"email":"east@acme.example","terms_url":"https://acme.example/terms"}""");
        var read = await admin.ReadAsync(Path(acme.Uuid));
        JsonDocument.Parse(read.Text).RootElement[0].GetRawText().ShouldBe(answer.Text);
        await using var store = await portal.StoreAsync();
        (await store.OrganizationWords.Where(word => word.OrganizationId == east.Id.Value).Select(word => word.Word).ToListAsync()).ShouldBe(["west"]);
        (await store.OrganizationEvents.Where(e => e.OrganizationId == east.Id.Value).OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync())
            .ShouldBe(["config_changed", "renamed", "config_changed"]);
    }

    [Theory]
    [BothDatabases]
    public async Task A_parent_gives_only_what_it_has_and_what_it_loses_everything_below_loses(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, east) = await PairAsync(portal);
        var below = await portal.OrganizationAsync("Acme East Side", shape: o => o.ParentId = east.Id.Value);
        await GiveAsync(portal, acme.Id, "workflows slack_access");
        await GiveAsync(portal, below.Id, "workflows");
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        var lacking = await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"features": {"workflows": true, "broadcasts": true}}""");
        var given = await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"features": {"workflows": true, "slack_access": true}}""");
        var taken = await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"features": {"workflows": false}}""");

        (lacking.Status, given.Status, taken.Status).ShouldBe((422, 200, 200), lacking.Text);
        lacking.Body.GetProperty("errors").EnumerateObject().Select(field => field.Name).ShouldBe(["features.broadcasts"]);
        await using var store = await portal.StoreAsync();
        (await store.Organizations.Where(o => o.Id == east.Id.Value || o.Id == below.Id.Value).OrderBy(o => o.Id).Select(o => o.Features).ToListAsync()).ShouldBe(["slack_access", ""]);
        (await store.OrganizationEvents.SingleAsync(e => e.OrganizationId == below.Id.Value)).Text.ShouldBe("Features no longer given from above. Taken: Workflows.");
    }

    [Theory]
    [BothDatabases]
    public async Task Joining_gives_the_caller_a_role_there_and_joining_again_changes_it(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, east) = await PairAsync(portal);
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        var first = await admin.AskAsync(HttpMethod.Post, Path(acme.Uuid, east.Uuid) + "/join", """{"role": "STAFF"}""");
        var second = await admin.AskAsync(HttpMethod.Post, Path(acme.Uuid, east.Uuid) + "/join", """{"role": "DEVELOPER"}""");
        var wrong = await admin.AskAsync(HttpMethod.Post, Path(acme.Uuid, east.Uuid) + "/join", """{"role": "FINANCE"}""");
        var finance = await (await portal.ProgramAsync(Role.Finance)).AskAsync(HttpMethod.Post, Path(acme.Uuid, east.Uuid) + "/join", """{"role": "ADMIN"}""");

        (first.Status, second.Status, wrong.Status, finance.Status).ShouldBe((200, 200, 422, 403), first.Text);
        var member = second.Body.GetProperty("members").EnumerateArray().ShouldHaveSingleItem();
        member.EnumerateObject().Select(field => field.Name).ShouldBe(["id", "name", "email", "avatar", "role", "status", "org_id", "user_id"]);
        (member.GetProperty("role").GetString(), member.GetProperty("org_id").GetGuid()).ShouldBe(("DEVELOPER", east.Uuid));
        await using var store = await portal.StoreAsync();
        (await store.Memberships.SingleAsync(m => m.OrganizationId == east.Id.Value)).Role.ShouldBe("DEVELOPER");
    }

    [Theory]
    [BothDatabases]
    public async Task The_list_goes_on_by_its_link_and_shows_each_once(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var acme = await portal.OrganizationAsync();
        for (var n = 0; n < 5; n++)
        {
            await portal.OrganizationAsync($"Sub {n}", shape: o => o.ParentId = acme.Id.Value);
        }

        var staff = await portal.ProgramAsync(Role.Staff, acme.Id);
        var names = new List<string>();
        var path = Path(acme.Uuid) + "?limit=2";
        for (var rounds = 0; path.Length > 0 && rounds < 9; rounds++)
        {
            var answer = await staff.ReadAsync(path);
            answer.Status.ShouldBe(200, answer.Text);
            names.AddRange(JsonDocument.Parse(answer.Text).RootElement.EnumerateArray().Select(row => row.GetProperty("name").GetString()!));
            path = answer.Response.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : "";
        }

        names.ShouldBe(["Sub 0", "Sub 1", "Sub 2", "Sub 3", "Sub 4"]);
        foreach (var query in (string[])["limit=0", "limit=101", "limit=x", "cursor=x", "page=2"])
        {
            (await staff.ReadAsync(Path(acme.Uuid) + "?" + query)).Status.ShouldBe(422, query);
        }
    }

    [Theory]
    [BothDatabases]
    public async Task Overdraft_is_a_feature_that_the_next_charge_knows_of_and_the_parents_balance_can_be_used(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, east) = await PairAsync(portal);
        await using (var store = await portal.StoreAsync())
        {
            await store.Organizations.Where(o => o.Id == acme.Id.Value).ExecuteUpdateAsync(o => o.SetProperty(x => x.AllowOverdraft, true));
        }

        await portal.Ledger.DoneAsync(portal.Ledger.TopUp(east.Id, 7));
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        var given = await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"name": "East", "features": {"allow_overdraft": true}}""");
        var paid = await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"billing": {"use_parent_balance": true}}""", "key");
        var again = await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"billing": {"use_parent_balance": true}}""", "key");
        var deeper = await portal.OrganizationAsync("Deeper", shape: o => o.ParentId = east.Id.Value);
        var refused = await (await portal.ProgramAsync(Role.Admin, east.Id)).AskAsync(HttpMethod.Patch, Path(east.Uuid, deeper.Uuid), """{"name": "Renamed", "billing": {"use_parent_balance": true}}""", "key");

        (given.Status, given["balance"], given["name"], given.Body.GetProperty("features").GetProperty("allow_overdraft").GetBoolean()).ShouldBe((200, "7", "East", true), given.Text);
        (paid.Status, paid["balance"], paid.Body.GetProperty("billing").GetProperty("use_parent_balance").GetBoolean(), again.Text).ShouldBe((200, "0", true, paid.Text), paid.Text);
        (refused.Status, refused["code"]).ShouldBe((422, "not_related"), refused.Text);
        await using var after = await portal.StoreAsync();
        (await after.Organizations.SingleAsync(o => o.Id == deeper.Id.Value)).Name.ShouldBe("Deeper");
        (await after.Organizations.SingleAsync(o => o.Id == east.Id.Value)).ShouldSatisfyAllConditions(o => o.AllowOverdraft.ShouldBeTrue(), o => o.PayerId.ShouldBe(acme.Id.Value));
    }
}
