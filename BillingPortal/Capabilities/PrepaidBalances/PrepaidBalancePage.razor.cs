using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>A prepaid balance: what it is, adding to it, resetting it, and what moved it.</summary>
public sealed partial class PrepaidBalancePage(GetPrepaidBalance reading, CurrentCaller current, ILogger<PrepaidBalancePage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<PrepaidBalanceView>> _about = default!;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>Which page of the transactions, from 1.</summary>
    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    /// <summary>Which type of transactions: its number; empty for all.</summary>
    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    /// <inheritdoc />
    public void Dispose() => _about.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        _about = new(async cancel => await reading.ViewAsync(await current.GetAsync(), new OrganizationId(Number), cancel), StateHasChanged, log);
        return _about.RunAsync();
    }
}
