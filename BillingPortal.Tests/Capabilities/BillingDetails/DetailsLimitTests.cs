using System.Text.Json;
using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.BillingDetails;

/// <summary>Every field of contract 3's page with the limit that stands there: absent, null, empty, of each wrong type, as long as may be and one longer.</summary>
public sealed class DetailsLimitTests(TestDatabases databases)
{
    private const string Route = "/api/v2/external/orgs/acme";

    /// <summary>The page's twelve fields, its limits, and a sign to fill them with: one beyond the basic plane, one written from right to left, one that a spreadsheet would run.</summary>
    private static readonly (string Field, int Most, string Sign)[] Page =
    [
        ("billing_company_name", 255, "🧾"), ("billing_address_line1", 255, "ش"), ("billing_address_line2", 255, "é"), ("billing_city", 128, "東"), ("billing_state", 128, "="),
        ("billing_postal_code", 32, "9"), ("billing_country", 2, "x"), ("billing_tax_id", 64, "7"), ("billing_tax_id_type", 32, "x"), ("name", 100, "🧾"), ("slug", 64, "a"), ("billing_email", 254, "x"),
    ];

    private static readonly string[] NeverNull = ["name", "slug"], NeverEmpty = ["name", "slug", "billing_email"], Chosen = ["billing_country", "billing_tax_id_type", "billing_email"];

    [Fact]
    public async Task Each_field_takes_what_the_page_allows_and_nothing_beyond()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var acme = await portal.OrganizationAsync(shape: o => o.Slug = "acme");
        var admin = await portal.ProgramAsync(Role.Admin, acme.Id);
        var (valid, before) = ("""{"billing_country":"DE","billing_email":"a@example.com","billing_city":"Berlin"}""", (await SendAsync("{}")).Text);
        (await SendAsync(valid)).Status.ShouldBe(200);

        foreach (var (field, most, sign) in Page)
        {
            var full = string.Concat(Enumerable.Repeat(sign, most));
            (await WrongAsync(field, JsonSerializer.Serialize(full + sign))).ShouldBe((422, field, "string_too_long"));
            foreach (var type in new[] { "7", "true", "[]", "{}", "[\"x\"]" })
            {
                (await WrongAsync(field, type)).ShouldBe((422, field, "string_type"), type);
            }

            if (!Chosen.Contains(field))
            {
                Value((await SendAsync($$"""{"{{field}}":{{JsonSerializer.Serialize(full)}}}""")).Body, field).ShouldBe(full);
                Value((await SendAsync("{}")).Body, field).ShouldBe(full, "absent is unchanged");
            }

            // Empty and null: a billing field is cleared, a name is refused.
            if (NeverEmpty.Contains(field))
            {
                (await WrongAsync(field, "\"\"")).Status.ShouldBe(422, field);
            }
            else
            {
                Value((await SendAsync($$"""{"{{field}}":""}""")).Body, field).ShouldBeNull(field);
            }

            if (NeverNull.Contains(field))
            {
                (await WrongAsync(field, "null")).ShouldBe((422, field, "string_type"));
            }
            else
            {
                Value((await SendAsync($$"""{"{{field}}":null}""")).Body, field).ShouldBeNull(field);
            }
        }

        // What the page does not name is no field of the contract, whatever it holds; one wrong field keeps all the others from being written.
        var same = (await SendAsync("{}")).Text;
        (await SendAsync("""{"phone":7,"billing_details":{"billing_city":"Bonn"},"id":"x","created_at":null,"":1}""")).Text.ShouldBe(same);
        (await WrongAsync("billing_country", "\"ZZ\",\"billing_city\":\"Bonn\"")).ShouldBe((422, "billing_country", "value_error"));
        (await SendAsync("{}")).Text.ShouldBe(same);
        same.ShouldNotBe(before);

        Task<Answer> SendAsync(string body) => admin.AskAsync(HttpMethod.Patch, Route, body);

        async Task<(int Status, string Field, string Type)> WrongAsync(string field, string value)
        {
            var answer = await SendAsync($$"""{"{{field}}":{{value}}}""");
            answer.Status.ShouldNotBe(200, $"{field}: {value}");
            var detail = answer.Body.GetProperty("detail")[0];
            return (answer.Status, detail.GetProperty("loc")[1].GetString()!, detail.GetProperty("type").GetString()!);
        }
    }

    private static string? Value(JsonElement organization, string field) =>
        (organization.TryGetProperty(field, out var value) ? value : organization.GetProperty("billing_details").GetProperty(field)).GetString();
}
