using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>One recharge: its cause, every step with how it was learnt, what comes next, and what else was charged that day.</summary>
public sealed partial class RechargePage(GetRecharge recharges, CurrentCaller current, ILogger<RechargePage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<RechargeFlight>> _read = null!;
    private (long Number, long Recharge) _shown;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The recharge's number.</summary>
    [Parameter]
    public long Recharge { get; set; }

    private string Recharges => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Number}/recharges");

    /// <inheritdoc />
    public void Dispose() => _read.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _read = new(async cancel => await recharges.RunAsync(await current.GetAsync(), new OrganizationId(Number), Recharge, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Number, Recharge))
        {
            _shown = (Number, Recharge);
            await _read.RunAsync();
        }
    }

    private string Of(long recharge) => string.Create(CultureInfo.InvariantCulture, $"{Recharges}/{recharge}");
}
