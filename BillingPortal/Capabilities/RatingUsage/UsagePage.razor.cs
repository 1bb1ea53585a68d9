using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>Usage that was reported in quantities, line by line, each explaining its price.</summary>
public sealed partial class UsagePage(ListUsage listing, CurrentCaller current, ILogger<UsagePage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<UsageList>> _usage = null!;
    private ImmutableArray<RatedLine> _history = [];
    private long? _open;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>Only this month, as 202611.</summary>
    [SupplyParameterFromQuery]
    public int? Month { get; set; }

    /// <summary>Only lines before this one.</summary>
    [SupplyParameterFromQuery]
    public long? Before { get; set; }

    private BillingPeriod? Asked => Month is { } month && month % 100 is >= 1 and <= 12 && month is > 190000 and < 300000 ? new BillingPeriod(month) : null;

    private string Path => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Number}/usage");

    /// <inheritdoc />
    public void Dispose() => _usage.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _usage = new(async cancel => await listing.RunAsync(await current.GetAsync(), new OrganizationId(Number), Asked, Before, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        (_open, _history) = (null, []);
        return _usage.RunAsync();
    }

    private string Address(long? before) => string.Create(CultureInfo.InvariantCulture,
        $"{Path}?{(Asked is { } month ? $"month={month.Number}" : "")}{(Asked is not null && before is not null ? "&" : "")}{(before is { } line ? $"before={line}" : "")}");

    private async Task ExplainAsync(long origin)
    {
        if (_open == origin)
        {
            _open = null;
            return;
        }

        _history = await listing.HistoryAsync(await current.GetAsync(), new OrganizationId(Number), origin, CancellationToken.None) is Outcome<ImmutableArray<RatedLine>>.Done(var lines) ? lines : [];
        _open = origin;
    }
}
