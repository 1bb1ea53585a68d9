using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Capabilities.PublishingInvoices;

/// <summary>Invoices and credits as contracts 2, 3 and 4 read them.</summary>
internal static partial class PublishingInvoicesEndpoints
{
    private const int UsualRows = 10, MostRows = 100, MostOfOwn = 1_000;

    /// <summary>Maps them.</summary>
    public static void MapPublishedInvoices(this IEndpointRouteBuilder routes)
    {
        var month = routes.MapNumbered("/billing/{billing_id}").WithTags("Billing configuration");
        month.MapGet("", MonthAsync).Describe<MonthBillJson>(MonthDescription, StatusCodes.Status200OK);
        month.MapOtherMethods("", "GET");

        var external = routes.MapApi("/api/v2/external/billing", ErrorShape.OrganizationDetails).WithTags("Organization details");
        external.MapGet("credits", CreditsAsync).Describe<CreditsJson>(CreditsDescription, StatusCodes.Status200OK);
        external.MapGet("invoices", ExternalAsync).Describe<ExternalInvoices>(ExternalDescription, StatusCodes.Status200OK);
        external.MapOtherMethods("credits", "GET");
        external.MapOtherMethods("invoices", "GET");

        var own = routes.MapApi("/org/payment/invoices", ErrorShape.PaymentBalance).WithTags("Billing information");
        own.MapGet("", OwnAsync).Describe<IReadOnlyList<OwnInvoice>>(OwnDescription, StatusCodes.Status200OK);
        own.MapOtherMethods("", "GET");
    }

    private static async Task MonthAsync([FromRoute(Name = "org_id")] string org, [FromRoute(Name = "billing_id")] string month, HttpContext context, BilledMonth query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is not { } organization)
        {
            return;
        }

        if (!int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number / 100 is < 2000 or > 9998 || number % 100 is < 1 or > 12)
        {
            await context.WriteAsync(Problem.Of("not_found", "There is no such billing period."));
            return;
        }

        await context.WriteAsync((await query.RunAsync(context.Caller(), organization, new BillingPeriod(number), cancel))
            .Then<MonthBillJson>(bill => new Outcome<MonthBillJson>.Done(MonthBillJson.Of(bill))));
    }

    private static async Task CreditsAsync(HttpContext context, CreditsOfOwn query, CancellationToken cancel) => await context.WriteAsync(await query.RunAsync(context.Caller(), SlugIn(context), cancel));

    private static async Task ExternalAsync([FromQuery] string? limit, [FromQuery] string? offset, HttpContext context, PublishedInvoices query, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        var rows = Whole(limit, UsualRows);
        var skipped = Whole(offset, 0);
        if (rows is not (>= 1 and <= MostRows))
        {
            errors.Add(new FieldError("query.limit", "value_error", $"must be a whole number from 1 to {MostRows}."));
        }

        if (skipped is null)
        {
            errors.Add(new FieldError("query.offset", "value_error", "must be a whole number, 0 or above."));
        }

        if (errors.Count > 0)
        {
            await context.WriteAsync(new Problem(ProblemKind.InvalidFields, "The query cannot be meant.", [.. errors]));
            return;
        }

        var portal = $"{context.Request.Scheme}://{context.Request.Host}";
        await context.WriteAsync((await query.RunAsync(context.Caller(), SlugIn(context), skipped!.Value, rows!.Value, cancel)).Then<ExternalInvoices>(found =>
            new Outcome<ExternalInvoices>.Done(new ExternalInvoices([.. found.Invoices.Select(invoice => ExternalInvoice.Of(invoice, portal))], found.Total))));
    }

    private static async Task OwnAsync(HttpContext context, PublishedInvoices query, CancellationToken cancel)
    {
        var portal = $"{context.Request.Scheme}://{context.Request.Host}";
        await context.WriteAsync((await query.RunAsync(context.Caller(), SlugIn(context), 0, MostOfOwn, cancel)).Then<IReadOnlyList<OwnInvoice>>(found =>
            new Outcome<IReadOnlyList<OwnInvoice>>.Done([.. found.Invoices.Select(invoice => OwnInvoice.Of(invoice, portal))])));
    }

    private static string? SlugIn(HttpContext context) => context.Request.Headers[OwnOrganization.SlugHeader].ToString();

    private static int? Whole(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}
