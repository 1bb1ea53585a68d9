using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Transferring;

/// <summary>Programs move value between a reseller and a sub-organization, and take that back.</summary>
public sealed class TransfersApiTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_transfer_answers_with_both_entries_and_once_for_a_key_and_its_undo_likewise(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, west) = await FamilyAsync(portal);
        var program = await portal.ProgramAsync(Role.Admin, acme.Id);
        var body = $$"""{"to": "{{west.Uuid}}", "amount": "30.5", "comment": "for May"}""";

        var moved = await program.AskAsync(HttpMethod.Post, $"/organizations/{acme.Uuid}/transfers", body, "one");
        var again = await program.AskAsync(HttpMethod.Post, $"/organizations/{acme.Uuid}/transfers", body, "one");

        moved.Status.ShouldBe(201, moved.Text);
        again.Text.ShouldBe(moved.Text);
        moved.Body.GetProperty("entries").EnumerateArray().Select(entry => (entry.GetProperty("id").GetString(), entry.GetProperty("postings")[0].GetProperty("amount").GetString()))
            .ShouldBe([($"{acme.Id}/2", "-30.50"), ($"{west.Id}/1", "30.50")]);
        var undone = await program.AskAsync(HttpMethod.Post, $"/organizations/{west.Uuid}/transfers/1/undo", "{}", "two");
        undone.Status.ShouldBe(201, undone.Text);
        (await program.AskAsync(HttpMethod.Post, $"/organizations/{west.Uuid}/transfers/1/undo", "{}", "two")).Text.ShouldBe(undone.Text);
        undone.Body.GetProperty("entries")[1].GetProperty("kind").GetString().ShouldBe("reversal");
        (await program.AskAsync(HttpMethod.Post, $"/organizations/{acme.Uuid}/transfers/2/undo", "{}", "three"))["code"].ShouldBe("already_reversed");
        (await portal.Ledger.HeldAsync(acme.Id), await portal.Ledger.HeldAsync(west.Id)).ShouldBe((100, 0));
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_meant_is_400_by_field_and_what_is_refused_422(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, west) = await FamilyAsync(portal);
        var program = await portal.ProgramAsync(Role.Admin, acme.Id);
        var path = $"/organizations/{acme.Uuid}/transfers";

        foreach (var (body, named) in new[]
        {
            ("{}", "to"), ($$"""{"to": "{{west.Uuid}}"}""", "amount"), ($$"""{"to": "{{west.Uuid}}", "amount": -1}""", "amount"), ($$"""{"to": "{{west.Uuid}}", "amount": 0.0000001}""", "amount"),
            ($$"""{"to": "{{west.Uuid}}", "amount": 1, "bucket": "monthly"}""", "bucket"), ($$"""{"to": "{{acme.Uuid}}", "amount": 1}""", "to"), ($$"""{"to": "{{ApiPortal.Nowhere}}", "amount": 1}""", "to"),
        })
        {
            var answer = await program.AskAsync(HttpMethod.Post, path, body, Guid.NewGuid().ToString());
            answer.Status.ShouldBe(400, $"{body}: {answer.Text}");
            answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldContain(named, body);
        }

        (await program.AskAsync(HttpMethod.Post, path, $$"""{"to": "{{west.Uuid}}", "amount": 100.01}""", "much"))["code"].ShouldBe("insufficient_balance");
        (await program.AskAsync(HttpMethod.Post, path, $$"""{"to": "{{west.Uuid}}", "amount": 1}"""))["code"].ShouldBe("idempotency_key_required");
        (await program.AskAsync(HttpMethod.Post, path + "/1/undo", "{}", "top-up")).Status.ShouldBe(404);
    }

    [Theory, BothDatabases]
    public async Task It_takes_the_permission_at_both_organizations(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, west) = await FamilyAsync(portal);
        var moved = await portal.Ledger.DoneAsync(portal.Ledger.Transfer(acme.Id, west.Id, 30));
        var below = await portal.ProgramAsync(Role.Admin, west.Id);
        var developer = await portal.ProgramAsync(Role.Developer, acme.Id);
        var narrow = await portal.ProgramAsync(Role.Admin, acme.Id, scopes: "balance:write");
        var up = $$"""{"to": "{{acme.Uuid}}", "amount": 1}""";

        var unknown = await below.AskAsync(HttpMethod.Post, $"/organizations/{west.Uuid}/transfers", up, "up");
        (unknown.Status, unknown.Text.Contains("Acme", StringComparison.Ordinal)).ShouldBe((400, false));
        (await below.AskAsync(HttpMethod.Post, $"/organizations/{acme.Uuid}/transfers", up, "up")).Status.ShouldBe(404);
        (await below.AskAsync(HttpMethod.Post, $"/organizations/{west.Uuid}/transfers/{moved.Entries[1].Seq}/undo", "{}", "undo")).Status.ShouldBe(403);
        (await developer.AskAsync(HttpMethod.Post, $"/organizations/{west.Uuid}/transfers", up, "up")).Status.ShouldBe(403);
        (await narrow.AskAsync(HttpMethod.Post, $"/organizations/{west.Uuid}/transfers", up, "up")).Status.ShouldBe(403);
        (await portal.Ledger.HeldAsync(acme.Id)).ShouldBe(70);
    }

    private static async Task<((BillingPortal.Domain.Organizations.OrganizationId Id, Guid Uuid) Acme, (BillingPortal.Domain.Organizations.OrganizationId Id, Guid Uuid) West)> FamilyAsync(ApiPortal portal)
    {
        var acme = await portal.OrganizationAsync("Acme");
        var west = await portal.OrganizationAsync("Acme West", shape: o => o.ParentId = acme.Id.Value);
        await portal.Ledger.DoneAsync(portal.Ledger.TopUp(acme.Id, 100));
        return (acme, west);
    }
}
