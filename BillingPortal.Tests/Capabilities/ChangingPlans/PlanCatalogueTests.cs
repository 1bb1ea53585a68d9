using System.Text.Json;
using System.Text.Json.Nodes;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.Store.Plans;
using BillingPortal.Tests.Permissions;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

public sealed class PlanCatalogueTests(TestDatabases databases)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory, BothDatabases]
    public async Task A_new_store_begins_with_the_catalogue_that_is_committed(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var store = database.Read();
        var catalogue = await PlanReading.CatalogueAsync(store, default);
        string.Join('\n', catalogue.SoldAt(new Instant(1)).Select(Lines)).ShouldBe(string.Join('\n', SeededPlans.Catalogue.SoldAt(new Instant(1)).Select(Lines)));
        await Snapshot.ShouldMatchAsync(string.Join("\n\n", catalogue.SoldAt(new Instant(1)).Select(Lines)) + "\n", "plan-catalogue.txt");
    }

    private static string Lines(PlanVersion version) => version.Id + "\n" + JsonNode.Parse(PlanJson.Write(version.Terms))!.ToJsonString(Indented);
}
