using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace BillingPortal.E2E.Drills;

/// <summary>Requests as programs with mistakes send them: mostly what the document shows, with one or two things changed at random.</summary>
internal sealed class OddRequests(Random random, IReadOnlyList<(long Number, Guid Uuid, string Slug)> organizations)
{
    private static readonly string[] Texts =
    [
        "", " ", "null", "0", "-1", "1e400", "NaN", "=1+1", "'; DROP TABLE organization; --", "<script>alert(1)</script>", "../../etc/passwd", "%00", "\u0000", "\ud83d\ude00\u200d\ud83d\udcbb",
        "\u0645\u0631\u062d\u0628\u0627 \u202e abc", "2024-02-30", "2024-09-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01", "92233720368547758.08", "1.0000001", "\t\r\n", new('x', 70_000),
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "0.000001", "0.0000001", "1e2", "1e308", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "79228162514264337593543950335", "500", "500.000001", "12.345", "202402",
    ];

    /// <summary>One request to a route.</summary>
    public HttpRequestMessage To(DocumentedRoute route)
    {
        var path = route.Path;
        foreach (var name in route.InPath)
        {
            path = path.Replace($"{{{name}}}", Uri.EscapeDataString(InPath(name, route.Path)), StringComparison.Ordinal);
        }

        var query = string.Join('&', route.InQuery.Where(_ => Often(0.4)).Select(name => $"{name}={Uri.EscapeDataString(Often(0.5) ? OneOf(Numbers) : Text() is { Length: < 2_000 } odd ? odd : "long")}"));
        var request = new HttpRequestMessage(route.Method, new Uri(query.Length == 0 ? path : $"{path}?{query}", UriKind.Relative));
        if (Often(0.9))
        {
            request.Headers.Add("Idempotency-Key", Often(0.9) ? Guid.NewGuid().ToString() : OneOf(["k", "same", new string('k', 300)]));
        }

        request.Headers.Add("X-Org-Slug", Often(0.9) ? organizations[random.Next(organizations.Count)].Slug : "nobody");
        if (route.Example is { } example)
        {
            request.Content = Body(example);
        }

        return request;
    }

    private string InPath(string name, string path)
    {
        if (Often(0.1))
        {
            return Text() is { Length: > 0 and < 2_000 } odd && odd.All(letter => letter is not '\0' and not '/') && odd is not "." and not ".." ? odd : "nothing";
        }

        var (number, uuid, slug) = organizations[random.Next(organizations.Count)];
        return name switch
        {
            "slug" or "number" when Often(0.5) => slug,
            "number" => number.ToString(CultureInfo.InvariantCulture),
            "org_id" when path.StartsWith("/api/v1/", StringComparison.Ordinal) => number.ToString(CultureInfo.InvariantCulture),
            "id" when path.StartsWith("/api/v1/", StringComparison.Ordinal) => random.Next(1, 9).ToString(CultureInfo.InvariantCulture),
            "org_id" or "sub_org_id" or "id" or "organizationId" => uuid.ToString(),
            "billing_id" => OneOf(["202409", "202413", "209901", "1", "000000"]),
            _ => random.Next(0, 9).ToString(CultureInfo.InvariantCulture),
        };
    }

    private ByteArrayContent Body(JsonNode example)
    {
        var (body, changes) = (example.DeepClone(), random.Next(4));
        for (var change = 0; change < changes; change++)
        {
            body = Changed(body);
        }

        var text = body?.ToJsonString() ?? "null";
        text = random.Next(40) switch { 0 => "", 1 => text[..(text.Length / 2)], 2 => text + "}", 3 => "\ufeff" + text, _ => text };
        var content = new ByteArrayContent(Often(0.98) ? Encoding.UTF8.GetBytes(text) : [0xff, 0xfe, 0x00, (byte)'{']);
        content.Headers.TryAddWithoutValidation("Content-Type", Often(0.95) ? "application/json" : OneOf(["text/plain;charset=UTF-8", "application/xml", "nonsense"]));
        return content;
    }

    private JsonNode? Changed(JsonNode? node)
    {
        if (node is JsonObject { Count: > 0 } members && Often(0.9))
        {
            var name = members.ElementAt(random.Next(members.Count)).Key;
            switch (random.Next(6))
            {
                case 0:
                    members.Remove(name);
                    break;
                case 1:
                    members["unheard_of"] = Value();
                    break;
                case 2 or 3 when members[name] is JsonObject or JsonArray:
                    members[name] = Changed(members[name]?.DeepClone());
                    break;
                default:
                    members[name] = Value();
                    break;
            }

            return members;
        }

        return node is JsonArray { Count: > 0 } items && Often(0.7) ? new JsonArray(Changed(items[0]?.DeepClone())) : Value();
    }

    private JsonNode? Value() => random.Next(7) switch
    {
        0 => null,
        1 => JsonValue.Create(Often(0.5)),
        2 or 3 => JsonNode.Parse(OneOf(Numbers)),
        4 => Often(0.5) ? new JsonObject() : new JsonArray(),
        _ => JsonValue.Create(Text()),
    };

    private string Text() => Often(0.2) ? OneOf(Numbers) : OneOf(Texts);

    private string OneOf(string[] choices) => choices[random.Next(choices.Length)];

    private bool Often(double share) => random.NextDouble() < share;
}
