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
    private InvoiceAct? _did;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>Which of its documents.</summary>
    [Parameter]
    public int Ordinal { get; set; }

    /// <summary>What is to be done with it: <c>issue</c>, <c>send</c>, <c>pay</c>, <c>credit</c>, <c>void</c> or <c>write-off</c>.</summary>
    [SupplyParameterFromQuery(Name = "act")]
    public string? AskedAct { get; set; }

    private InvoiceAct? Asked => InvoiceActWords.Find(AskedAct);

    private string Path => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Number}/invoices/{Ordinal}");

    /// <inheritdoc />
    public void Dispose() => _read.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _read = new(async cancel => await invoices.RunAsync(await current.GetAsync(), new OrganizationId(Number), Ordinal, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _did = _did == Asked ? _did : null;
        if (_shown != (Number, Ordinal))
        {
            (_shown, _did) = ((Number, Ordinal), null);
            await _read.RunAsync();
        }
    }

    /// <summary>Its receipt stays in sight though the invoice, read anew, is not open to it any more.</summary>
    private Task DidAsync()
    {
        _did = Asked;
        return _read.RunAsync();
    }

    private Task PrintAsync() => browser.InvokeVoidAsync("portal.print").AsTask();
}
