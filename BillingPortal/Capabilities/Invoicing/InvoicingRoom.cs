using BillingPortal.Printing;
using BillingPortal.Web.Searching;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>What the room adds to the container.</summary>
public static class InvoicingRoom
{
    /// <summary>Adds its commands, queries and the printer.</summary>
    public static IServiceCollection AddInvoicing(this IServiceCollection services) => services
        .AddSingleton<ListInvoices>().AddSingleton<GetInvoice>().AddSingleton<FindInvoices>().AddSingleton<SettlingInvoice>().AddScoped<ISearchSource, InvoiceSearch>()
        .AddSingleton<IPdfPrinter>(provider => PdfPrinters.Of(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<TimeProvider>())).AddScoped<InvoicePrintPanel.Press>();
}
