using System.Text.Json;

namespace BillingPortal.Payments.Stripe;

/// <summary>Customers and what documents say of them.</summary>
public sealed partial class StripeGateway
{
    /// <summary>Sets name, address and tax number. An empty text is how Stripe is told to clear; a customer's other tax numbers are taken away.</summary>
    public async Task UpdateCustomerAsync(string customer, CustomerDetails details, CancellationToken cancel)
    {
        var path = "v1/customers/" + Uri.EscapeDataString(customer);
        await _wire.NeedAsync(HttpMethod.Post, path, new Dictionary<string, string>
        {
            ["name"] = details.Name,
            ["email"] = details.Email ?? "",
            ["phone"] = details.Phone ?? "",
            ["address[line1]"] = details.Line1 ?? "",
            ["address[line2]"] = details.Line2 ?? "",
            ["address[city]"] = details.City ?? "",
            ["address[state]"] = details.State ?? "",
            ["address[postal_code]"] = details.PostalCode ?? "",
            ["address[country]"] = details.Country ?? "",
        }, key: null, cancel);

        var numbers = await _wire.NeedAsync(HttpMethod.Get, path + "/tax_ids?limit=100", form: null, key: null, cancel);
        var isThere = false;
        foreach (var number in numbers.Member("data") is { ValueKind: JsonValueKind.Array } all ? [.. all.EnumerateArray()] : Array.Empty<JsonElement>())
        {
            if (!isThere && details.TaxId is not null && number.Text("type") == details.TaxIdType && number.Text("value") == details.TaxId)
            {
                isThere = true;
            }
            else if (number.Text("id") is { } id)
            {
                await _wire.NeedAsync(HttpMethod.Delete, $"{path}/tax_ids/{Uri.EscapeDataString(id)}", form: null, key: null, cancel);
            }
        }

        if (!isThere && details is { TaxId: { } value, TaxIdType: { } type })
        {
            await _wire.NeedAsync(HttpMethod.Post, path + "/tax_ids", new Dictionary<string, string> { ["type"] = type, ["value"] = value }, key: null, cancel);
        }
    }
}
