using System.Text.Json;
using BillingPortal.Domain.Billing;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.Charging;

/// <summary>The portal's own routes for programs that charge usage.</summary>
internal static partial class ChargesEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapCharging(this IEndpointRouteBuilder routes)
    {
        var charges = routes.MapApi("/organizations/{id}/charges", ErrorShape.ProblemDetails).WithTags("Charges");
        charges.MapPost("", RequestAsync)
            .Describe<ChargeAnswer>(RequestDescription, StatusCodes.Status201Created);
        charges.MapGet("{seq}", ReadAsync).Describe<ChargeAnswer>(ReadDescription, StatusCodes.Status200OK);
        charges.MapOtherMethods("", "POST");
        charges.MapOtherMethods("{seq}", "GET");

        var balance = routes.MapApi("/organizations/{id}/balance", ErrorShape.ProblemDetails).WithTags("Balances");
        balance.MapGet("", BalancesAsync).Describe<BalancesAnswer>(BalancesDescription, StatusCodes.Status200OK);
        balance.MapOtherMethods("", "GET");
    }

    private static async Task RequestAsync(string id, HttpContext context, RequestCharge charge, CancellationToken cancel)
    {
        using var call = await context.ReadCallAsync(id, "POST /organizations/{id}/charges", keyRequired: true);
        if (call is null)
        {
            return;
        }

        var form = call.Form(fields => new ChargeForm(
            fields.Text("service", ChargeUsage.MaxServiceLength, required: true) ?? "",
            fields.Micros("amount", required: true) ?? 0,
            fields.Time("occurred_at")));
        var answer = await charge.RunAsync(context.Caller(), call.Wish(form, (receipt, organization, after) =>
            ChargeAnswer.Of(organization, receipt.Entries.Single(), after.BalanceOf), context, StatusCodes.Status201Created), cancel);
        if (answer.Status == StatusCodes.Status201Created)
        {
            using var body = JsonDocument.Parse(answer.Body);
            context.Response.Headers.Location = body.RootElement.GetProperty("href").GetString();
        }

        await context.WriteAsync(answer);
    }

    private static async Task ReadAsync(string id, string seq, HttpContext context, GetCharge query, CancellationToken cancel)
    {
        if (await context.UuidAsync(id) is { } organization)
        {
            var (payer, number) = seq.Split('-') is [var ledger, var entry] ? (Number(ledger), Number(entry)) : ((long?)null, Number(seq));
            await context.WriteAsync(await query.RunAsync(context.Caller(), organization, payer, number, cancel));
        }

        static long Number(string text) =>
            long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var read) ? read : 0;
    }

    private static async Task BalancesAsync(string id, HttpContext context, GetBalances query, CancellationToken cancel)
    {
        if (await context.UuidAsync(id) is { } organization)
        {
            await context.WriteAsync(await query.RunAsync(context.Caller(), organization, cancel));
        }
    }

    /// <summary>The body of a charge.</summary>
    /// <param name="Service">What was used; 1 to 200 characters.</param>
    /// <param name="Amount">How much, above zero, in the organization's currency.</param>
    /// <param name="OccurredAt">When it was used; now where absent.</param>
    private sealed record ChargeRequest(string Service, DecimalInput Amount, DateTimeOffset? OccurredAt = null);
}
