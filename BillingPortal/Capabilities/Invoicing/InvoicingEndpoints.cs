using System.Globalization;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Printing;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Csv;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Invoices as files: CSV of its lines, UBL, PDF, and the list as CSV. For people with their session and for programs with their token.</summary>
internal static class InvoicingEndpoints
{
    private static readonly string[] Heads =
    [
        "organization", "organization_name", "ordinal", "kind", "number", "status", "period", "issued_on", "due_on", "currency", "net", "tax", "total", "due", "paid", "credited", "outstanding",
    ];

    /// <summary>Maps the room's files.</summary>
    public static void MapInvoicing(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        files.MapGet("/invoices.csv", (HttpContext http, ListInvoices list) => WriteListAsync(http, null, list));
        files.MapGet("/organizations/{number:long}/invoices.csv", (HttpContext http, long number, ListInvoices list) => WriteListAsync(http, new OrganizationId(number), list));
        files.MapGet("/organizations/{number:long}/invoices/{ordinal:int}.csv", WriteCsvAsync);
        files.MapGet("/organizations/{number:long}/invoices/{ordinal:int}.xml", WriteUblAsync);
        files.MapGet("/organizations/{number:long}/invoices/{ordinal:int}.pdf", WritePdfAsync);
    }

    private static async Task WriteListAsync(HttpContext http, OrganizationId? organization, ListInvoices list)
    {
        var outcome = await list.ExportAsync(http.GetCaller(), organization, new InvoiceForm(key => http.Request.Query[key].FirstOrDefault()), http.RequestAborted);
        if (outcome is not Outcome<IAsyncEnumerable<ListedInvoice>>.Done { Value: var invoices })
        {
            await http.RefuseFileAsync(outcome);
            return;
        }

        await using var file = http.BeginFile("text/csv", organization is { } id ? $"invoices-{id}.csv" : "invoices.csv", withMark: true);
        await file.WriteAsync(CsvCell.Line(Heads));
        await foreach (var line in invoices)
        {
            string Text(long micros) => line.Of(micros).ToDecimalString();
            await file.WriteAsync(CsvCell.Line(
            [
                line.Organization.ToString(), line.OrganizationName, line.Ordinal.ToString(CultureInfo.InvariantCulture), InvoiceWords.CodeOf(line.Kind), line.Number, InvoiceWords.CodeOf(line.Status),
                InvoiceSummary.Month(line.Period), Day(line.IssuedOn), Day(line.DueOn), line.Currency.Code, Text(line.Net), Text(line.Tax), Text(line.Total), Text(line.Due), Text(line.Paid), Text(line.Credited),
                Text(line.Outstanding),
            ]));
        }
    }

    private static async Task WriteCsvAsync(HttpContext http, long number, int ordinal, GetInvoice query)
    {
        if (await ReadAsync(http, number, ordinal, query) is { } view)
        {
            await using var file = http.BeginFile("text/csv", NameOf(view, "csv"), withMark: true);
            await file.WriteAsync(CsvCell.Line(InvoiceFile.Heads));
            foreach (var row in InvoiceFile.Rows(view.Document))
            {
                await file.WriteAsync(CsvCell.Line(row));
            }
        }
    }

    private static async Task WriteUblAsync(HttpContext http, long number, int ordinal, GetInvoice query)
    {
        if (await ReadAsync(http, number, ordinal, query) is { } view)
        {
            if (UblDocument.WhyNot(view.Document) is { } reason)
            {
                await http.RefuseFileAsync(new Outcome<InvoiceView>.Refused(new Refusal(RefusalCode.NotDue, reason)));
                return;
            }

            await WriteAsync(http, "application/xml", NameOf(view, "xml"), UblDocument.Write(view.Document));
        }
    }

    private static async Task WritePdfAsync(HttpContext http, long number, int ordinal, GetInvoice query, InvoicePrintPanel.Press press)
    {
        if (await ReadAsync(http, number, ordinal, query) is { } view)
        {
            var outcome = await press.PrintAsync(view, http.RequestAborted);
            if (outcome is Outcome<byte[]>.Done(var pdf))
            {
                await WriteAsync(http, "application/pdf", NameOf(view, "pdf"), pdf);
            }
            else
            {
                await http.RefuseFileAsync(outcome);
            }
        }
    }

    private static async Task<InvoiceView?> ReadAsync(HttpContext http, long number, int ordinal, GetInvoice query)
    {
        var outcome = await query.RunAsync(http.GetCaller(), new OrganizationId(number), ordinal, http.RequestAborted);
        if (outcome is Outcome<InvoiceView>.Done(var view))
        {
            return view;
        }

        await http.RefuseFileAsync(outcome);
        return null;
    }

    private static Task WriteAsync(HttpContext http, string type, string name, byte[] content)
    {
        http.Response.ContentType = type;
        http.Response.Headers.ContentDisposition = "attachment; filename=" + name;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.Body.WriteAsync(content, http.RequestAborted).AsTask();
    }

    /// <summary>Numbers are ASCII letters, digits and hyphens; what has none is named by its ordinal.</summary>
    private static string NameOf(InvoiceView view, string end) => string.Create(CultureInfo.InvariantCulture,
        $"{view.Document.Number ?? $"{InvoiceWords.CodeOf(view.Document.Kind)}-{view.Organization.Id}-{view.Invoice.Ordinal}"}.{end}");

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
