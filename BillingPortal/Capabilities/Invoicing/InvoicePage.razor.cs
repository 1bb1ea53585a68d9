using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>One invoice: the document, where it stands, how it was booked, what happened to it, and what can be done with it.</summary>
public sealed partial class InvoicePage(GetInvoice invoices, InvoicePrintPanel.Press press, CurrentCaller current, IJSRuntime browser, ILogger<InvoicePage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<InvoiceView>> _read = null!;
    private (long Number, int Ordinal) _shown;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>Which of its documents.</summary>
    [Parameter]
    public int Ordinal { get; set; }

    private string Path => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Number}/invoices/{Ordinal}");

    /// <inheritdoc />
    public void Dispose() => _read.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _read = new(async cancel => await invoices.RunAsync(await current.GetAsync(), new OrganizationId(Number), Ordinal, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Number, Ordinal))
        {
            _shown = (Number, Ordinal);
            await _read.RunAsync();
        }
    }

    private Task PrintAsync() => browser.InvokeVoidAsync("portal.print").AsTask();
}
