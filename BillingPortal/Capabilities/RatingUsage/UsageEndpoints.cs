using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>The portal's own routes for programs that report usage in quantities.</summary>
internal static partial class UsageEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapRatingUsage(this IEndpointRouteBuilder routes)
    {
        var usage = routes.MapApi("/organizations/{id}/usage", ErrorShape.ProblemDetails).WithTags("Usage");
        usage.MapPost("", ReportAsync).Describe<RatedUsageAnswer>(ReportDescription, StatusCodes.Status201Created);
        usage.MapGet("{number}", ReadAsync).Describe<RatedUsageAnswer>(ReadDescription, StatusCodes.Status200OK);
        usage.MapOtherMethods("", "POST");
        usage.MapOtherMethods("{number}", "GET");
    }

    private static async Task ReportAsync(string id, HttpContext context, ReportUsage report, CancellationToken cancel)
    {
        using var call = await context.ReadCallAsync(id, "POST /organizations/{id}/usage", keyRequired: true);
        if (call is null)
        {
            return;
        }

        var form = call.Form(fields => new UsageForm(
            fields.Text("service", ChargeUsage.MaxServiceLength, required: true) ?? "",
            fields.Text("ratezone", RateUsage.MaxRatezoneLength) ?? "",
            fields.Exact("quantity", UsageRating.Decimals, required: true) ?? ExactAmount.Zero,
            fields.Time("occurred_at")));
        var answer = await report.RunAsync(context.Caller(), call.Wish(form, (receipt, organization, _) => Answer(receipt, organization), context, StatusCodes.Status201Created), cancel);
        if (answer.Status == StatusCodes.Status201Created)
        {
            using var body = System.Text.Json.JsonDocument.Parse(answer.Body);
            context.Response.Headers.Location = body.RootElement.GetProperty("href").GetString();
        }

        await context.WriteAsync(answer);
    }

    private static RatedUsageAnswer Answer(Receipt receipt, Organization organization) =>
        RatedUsageAnswer.Of(organization, receipt.Effects.OfType<Effect.Rate>().Single().Usage.Lines.Single());

    private static async Task ReadAsync(string id, string number, HttpContext context, GetRatedUsage query, CancellationToken cancel)
    {
        if (await context.UuidAsync(id) is { } organization)
        {
            _ = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var line);
            await context.WriteAsync(await query.RunAsync(context.Caller(), organization, line, cancel));
        }
    }

    /// <summary>The body of a report.</summary>
    /// <param name="Service">What was used; 1 to 200 characters.</param>
    /// <param name="Quantity">How much, above zero, in the unit of the service's rate; at most eleven decimals.</param>
    /// <param name="Ratezone">Where; 1 to 100 characters.</param>
    /// <param name="OccurredAt">When it was used; now where absent.</param>
    private sealed record UsageReport(string Service, DecimalInput Quantity, string? Ratezone = null, DateTimeOffset? OccurredAt = null);
}
