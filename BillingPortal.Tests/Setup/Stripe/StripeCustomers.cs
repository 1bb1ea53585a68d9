using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BillingPortal.Tests.Setup.Stripe;

/// <summary>What documents say of a customer: fields of a form, where an empty text clears, and tax numbers, which are objects of their own.</summary>
internal static class StripeCustomers
{
    public static void Map(WebApplication app, StripeServer server)
    {
        var numbers = new ConcurrentDictionary<string, (string Customer, string Type, string Value)>(StringComparer.Ordinal);
        var next = 0;
        app.MapPost("/v1/customers", (HttpContext context) => server.AnswerAsync(context, form => (200, server.Account.AddCustomer(form))));
        app.MapPost("/v1/customers/{id}", (string id, HttpContext context) => server.AnswerAsync(context, form => (200, server.Account.Change(id, customer =>
        {
            foreach (var (name, value) in form)
            {
                customer[name] = value.Length == 0 ? null : value;
            }
        }))));
        app.MapGet("/v1/customers/{id}/tax_ids", (string id) => Results.Json(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. numbers.Where(number => number.Value.Customer == id).OrderBy(number => number.Key).Select(number => Of(number.Key, number.Value.Type, number.Value.Value))]),
        }));
        app.MapPost("/v1/customers/{id}/tax_ids", (string id, HttpContext context) => server.AnswerAsync(context, form =>
        {
            if (form["value"] == "refused")
            {
                return StripeServer.Failure(400, "invalid_request_error", "tax_id_invalid", "Invalid value.");
            }

            var key = $"txi_{Interlocked.Increment(ref next)}";
            numbers[key] = (id, form["type"], form["value"]);
            return (200, Of(key, form["type"], form["value"]));
        }));
        app.MapPost("/v1/setup_intents", (HttpContext context) => server.AnswerAsync(context, form => (200, server.Account.AddSetupIntent(form))));
        app.MapDelete("/v1/customers/{id}/tax_ids/{number}", (string id, string number) =>
            numbers.TryRemove(number, out _) ? Results.Json(new JsonObject { ["id"] = number, ["deleted"] = true }) : Results.NotFound());
    }

    private static JsonObject Of(string id, string type, string value) => new() { ["id"] = id, ["object"] = "tax_id", ["type"] = type, ["value"] = value };
}
