using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using static BillingPortal.Tests.Capabilities.SubOrganizations.Family;

namespace BillingPortal.Tests.Capabilities.SubOrganizations;

/// <summary>What contract 1's neighbours refuse, and in which shape.</summary>
public sealed class SubOrganizationsRefusalTests(TestDatabases databases, SharedApiPortal shared) : IClassFixture<SharedApiPortal>
{
    [Theory]
    [InlineData("""{"name": "x"}""", "name")]
    [InlineData("""{"name": ""}""", "name")]
    [InlineData("""{"name": null}""", "name")]
    [InlineData("""{"name": 12}""", "name")]
    [InlineData("""{"features": null}""", "features")]
    [InlineData("""{"features": {"workflows": "yes"}}""", "features.workflows")]
    [InlineData("""{"config": []}""", "config")]
    [InlineData("""{"config": {"email": "nobody"}}""", "config.email")]
    [InlineData("""{"config": {"terms_url": "javascript:alert(1)"}}""", "config.terms_url")]
    [InlineData("""{"config": {"privacy_url": "/privacy"}}""", "config.privacy_url")]
    public async Task A_field_that_cannot_be_accepted_is_named_in_problem_details(string body, string field)
    {
        var portal = shared.Portal;
        var (acme, east) = await PairAsync(portal);
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);

        var answer = await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), body);

        (answer.Status, answer["code"]).ShouldBe((422, "invalid_fields"), answer.Text);
        answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([field]);
        await using var store = await portal.StoreAsync();
        (await store.OrganizationEvents.AnyAsync(told => told.OrganizationId == east.Id.Value)).ShouldBeFalse();
    }

    [Theory]
    [BothDatabases]
    public async Task Elsewhere_there_is_nothing_to_be_learnt(DatabaseKind kind)
    {
        await using var portal = await ApiPortal.OpenAsync(databases, kind);
        var (acme, east) = await PairAsync(portal);
        var below = await portal.OrganizationAsync("Acme East Side", shape: o => o.ParentId = east.Id.Value);
        var stranger = await portal.OrganizationAsync("Strangers");
        var strangersOwn = await portal.OrganizationAsync("Strangers' own", shape: o => o.ParentId = stranger.Id.Value);
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);
        var eastern = await portal.ProgramAsync(Role.Admin, east.Id);

        foreach (var (program, parent, sub) in new[]
        {
            (admin, stranger.Uuid, strangersOwn.Uuid), (admin, acme.Uuid, strangersOwn.Uuid), (admin, acme.Uuid, below.Uuid), (admin, acme.Uuid, acme.Uuid),
            (admin, acme.Uuid, ApiPortal.Nowhere), (admin, ApiPortal.Nowhere, east.Uuid), (eastern, acme.Uuid, east.Uuid),
        })
        {
            (await program.AskAsync(HttpMethod.Patch, Path(parent, sub), """{"name": "Mine"}""")).Status.ShouldBe(404);
            (await program.AskAsync(HttpMethod.Post, Path(parent, sub) + "/join", """{"role": "ADMIN"}""")).Status.ShouldBe(404);
        }

        (await eastern.ReadAsync(Path(acme.Uuid))).Status.ShouldBe(404);
        (await admin.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), "{")).Status.ShouldBe(400);
        var staff = await portal.ProgramAsync(Role.Staff, acme.Id);
        (await staff.AskAsync(HttpMethod.Patch, Path(acme.Uuid, east.Uuid), """{"name": "Mine"}""")).Status.ShouldBe(403);
        (await staff.AskAsync(HttpMethod.Post, Path(acme.Uuid), """{"name": "Mine"}""")).Status.ShouldBe(403);
    }
}
