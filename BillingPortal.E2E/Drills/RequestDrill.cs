using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.E2E.Benchmarks;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.E2E.Drills;

/// <summary>
/// Odd requests to every route that the portal's document names, on each database. Each is answered with a status that the document says and, where
/// there is a body, with JSON; none with 500 and above. Afterwards the books are exact.
/// </summary>
internal sealed class RequestDrill(TestDatabases databases, BenchmarkOptions options)
{
    /// <summary>Runs on each database and tells whether all held.</summary>
    public async Task<bool> RunAsync()
    {
        var held = true;
        foreach (var kind in options.Databases)
        {
            held &= await RunAsync(kind);
        }

        return held;
    }

    private async Task<bool> RunAsync(DatabaseKind kind)
    {
        Report.Title($"Odd requests, {options.Each.ToString(CultureInfo.InvariantCulture)} a route, {kind}");
        await using var database = await databases.CreateAsync(kind);
        await FillAsync(database);
        var configuration = new Dictionary<string, string?>(database.Configuration) { ["Api:CallsPerMinute"] = "1000000" };
        var token = await KillDrill.TokenAsync(configuration, string.Join(' ', PermissionNames.Scopes));
        var faults = new SortedDictionary<string, (int Count, string Sample)>(StringComparer.Ordinal);
        var (asked, taken) = (0, 0);
        using (var portal = await PortalProcess.StartAsync(configuration))
        {
            using var client = new HttpClient { BaseAddress = portal.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var routes = DocumentedRoute.Read(JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!);
            var odd = new OddRequests(new Random(20261120), await OrganizationsAsync(database));
            foreach (var route in Enumerable.Repeat(routes, options.Each).SelectMany(round => round))
            {
                using var request = odd.To(route);
                using var answer = await client.SendAsync(request);
                asked++;
                taken += answer.IsSuccessStatusCode && route.Method != HttpMethod.Get ? 1 : 0;
                if (await FaultAsync(route, answer) is { } fault)
                {
                    var (count, sample) = faults.GetValueOrDefault(fault);
                    faults[fault] = (count + 1, count == 0 ? await DescribeAsync(request) : sample);
                }
            }

            Report.Line("routes / requests / writes that were taken", $"{routes.Count} / {asked} / {taken}");
        }

        foreach (var (fault, (count, sample)) in faults)
        {
            Report.Line(fault, count.ToString(CultureInfo.InvariantCulture));
            Console.WriteLine("    " + sample);
        }

        var (code, output, errors) = await PortalProcess.RunAsync(configuration, "", "verify");
        Report.Line("verify", code == 0 ? "the books hold" : "BROKEN");
        Console.WriteLine("    " + (code == 0 ? output.Trim().Split('\n')[^1] : errors.Trim()));
        return code == 0 & faults.Count == 0 & taken > 0;
    }

    private static async Task<string?> FaultAsync(DocumentedRoute route, HttpResponseMessage answer)
    {
        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        if ((int)answer.StatusCode >= 500 || !route.Statuses.Contains(status))
        {
            return $"{route.Name} answered {status}";
        }

        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.Headers.Contains("X-Api-Call-Id"))
        {
            return $"{route.Name} answered {status} without X-Api-Call-Id";
        }

        return text.Length == 0 ? status == "204" ? null : $"{route.Name} answered {status} without a body"
            : IsSaidJson(answer) && !IsJson(text) ? $"{route.Name} answered {status} with what is no JSON" : null;
    }

    private static bool IsSaidJson(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<string> DescribeAsync(HttpRequestMessage request)
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync() : "";
        var text = $"{request.Method} {request.RequestUri} {request.Content?.Headers.ContentType} {body}";
        return text[..Math.Min(text.Length, 400)];
    }

    private static async Task FillAsync(TestDatabase database)
    {
        await using var ledger = new Ledger(database);
        for (var number = 0; number < 6; number++)
        {
            var model = number % 2 == 0 ? ChargingModel.Prepaid : ChargingModel.Postpaid;
            var organization = await ledger.OrganizationAsync(model, $"Customer {number.ToString(CultureInfo.InvariantCulture)}");
            await ledger.DoneAsync(ledger.TopUp(organization, 1_000));
        }
    }

    private static async Task<List<(long, Guid, string)>> OrganizationsAsync(TestDatabase database)
    {
        await using var store = database.Read();
        var rows = await store.Organizations.Select(organization => new { organization.Id, organization.Uuid, organization.Slug }).ToListAsync();
        return [.. rows.Select(row => (row.Id, row.Uuid, row.Slug))];
    }
}
