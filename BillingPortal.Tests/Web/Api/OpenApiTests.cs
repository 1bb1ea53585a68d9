using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Web.Api;

/// <summary>The document that programs are written from: it changes only when somebody means it to.</summary>
public sealed class OpenApiTests(TestDatabases databases)
{
    private static readonly string[] Always = ["400", "401", "403", "404", "500"];
    private static readonly string[] Known = [.. Always, "200", "201", "204", "409", "413", "415", "422", "429", "503"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_openapi_document_is_the_committed_one()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var answer = await portal.CreateClient().ReadAsync("/openapi/v1.json");
        answer.Status.ShouldBe(200);
        var document = JsonSerializer.Serialize(answer.Body, Indented).ReplaceLineEndings("\n") + "\n";
        var committed = Path.Combine(Here(), "openapi.v1.json");
        var actual = Path.Combine(AppContext.BaseDirectory, "openapi.v1.actual.json");
        await File.WriteAllTextAsync(actual, document);

        (File.Exists(committed) && await File.ReadAllTextAsync(committed) == document).ShouldBeTrue(
            $"The API's description changed. Where that is meant, look at the difference and accept it: cp '{actual}' '{committed}'");
    }

    [Fact]
    public async Task Every_operation_says_who_may_ask_and_what_each_status_means()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var document = (await portal.CreateClient().ReadAsync("/openapi/v1.json")).Body;
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToList();
        operations.Count.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var operation in operations)
        {
            operation.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace();
            operation.GetProperty("security").GetArrayLength().ShouldBe(1);
            var headers = operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ToList() : [];
            headers.Contains("X-Org-Slug").ShouldBe(operation.GetProperty("description").GetString()!.Contains("X-Org-Slug", StringComparison.Ordinal));
            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            responses.Select(response => response.Name).ShouldBeSubsetOf(Known);
            Always.ShouldBeSubsetOf(responses.Select(response => response.Name));
            responses.ShouldAllBe(response => response.Value.GetProperty("headers").EnumerateObject().Any(header => header.Name == "X-Api-Call-Id"));
            // Nothing needs no example, and an empty object is none that the document would write down.
            var done = responses.Single(response => response.Name[0] == '2');
            (done.Name == "204" || (done.Value.GetProperty("content").GetProperty("application/json") is var answer
                && (answer.TryGetProperty("example", out _) || answer.GetProperty("schema").GetRawText().Contains("/Acknowledged", StringComparison.Ordinal)))).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_program_that_takes_a_page_for_a_route_is_told_that_there_is_none()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var program = await portal.ProgramAsync(Role.Finance);
        var answer = await program.AskAsync(HttpMethod.Post, "/organizations/12/usage", "{}", "1");
        (answer.Status, answer["code"]).ShouldBe((404, "not_found"));
    }

    [Fact]
    public async Task The_page_to_try_it_brings_everything_it_needs_from_here()
    {
        await using var portal = await ApiPortal.OpenAsync(databases, DatabaseKind.Sqlite);
        var client = portal.CreateClient();
        var page = await client.ReadAsync("/api/try/index.html");
        page.Status.ShouldBe(200);
        page.Text.ShouldNotContain("<script>");
        page.Text.ShouldNotContain("https://");
        (await client.ReadAsync("/api/try/index.js")).Text.ShouldContain("/openapi/v1.json");
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
