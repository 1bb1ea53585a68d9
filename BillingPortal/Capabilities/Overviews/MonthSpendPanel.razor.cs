using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Charts;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>A month's spend by service and day, as a chart and as a table. The month stands in the address.</summary>
public sealed partial class MonthSpendPanel(GetMonthSpend spends, CurrentCaller current, NavigationManager navigation, ILogger<MonthSpendPanel> log) : ComponentBase, IDisposable
{
    /// <summary>So many services have a colour of their own; the rest is drawn as one.</summary>
    private const int Coloured = 4;

    private Fetching<MonthSpend> _spend = null!;
    private List<string> _series = [];
    private List<ChartDay> _days = [];
    private (OrganizationId Organization, string? Month) _read;

    /// <summary>Whose spend.</summary>
    [Parameter, EditorRequired]
    public OrganizationId Organization { get; set; }

    private string? Asked => UrlState.From(navigation)["month"];

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _spend.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        navigation.LocationChanged += Moved;
        _spend = new(ReadAsync, StateHasChanged, log);
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => ReadIfOtherAsync();

    private void Moved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(ReadIfOtherAsync);

    private async Task ReadIfOtherAsync()
    {
        if (_read != (Organization, Asked))
        {
            _read = (Organization, Asked);
            await _spend.RunAsync();
        }
    }

    private async Task<MonthSpend?> ReadAsync(CancellationToken cancel)
    {
        if (await spends.RunAsync(await current.GetAsync(), Organization, OverviewQuestion.ReadMonth(Asked), cancel) is not Outcome<MonthSpend>.Done { Value: var spend })
        {
            return null;
        }

        var others = spend.Services.Length > Coloured + 1 ? spend.Services[Coloured..] : [];
        var own = spend.Services[..^others.Length];
        _series = [.. own.Select(NameOf), .. others.IsEmpty ? Array.Empty<string>() : [$"{others.Length.ToString(CultureInfo.InvariantCulture)} others"]];
        var first = new DateOnly(spend.Month.Number / 100, spend.Month.Number % 100, 1);
        _days = [.. Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).Select(first.AddDays).Select(day => new ChartDay(day,
            [.. own.Select(service => On(service, day, spend)), .. others.IsEmpty ? Array.Empty<Money>() : [others.Aggregate(Money.Zero(spend.Total.Currency), (sum, service) => sum + On(service, day, spend))]]))];
        return spend;
    }

    private static Money On(ServiceSpend service, DateOnly day, MonthSpend spend) => service.Days.GetValueOrDefault(day, Money.Zero(spend.Total.Currency));

    private static string NameOf(ServiceSpend service) => service.Name.Length > 0 ? service.Name : "No service named";

    private static string Value(BillingPeriod month) => string.Create(CultureInfo.InvariantCulture, $"{month}");

    private static string Named(MonthSpend spend) =>
        spend.Services.Length == 1 ? "one service" : $"{spend.Services.Length.ToString(CultureInfo.InvariantCulture)} services";

    private string Described(MonthSpend spend)
    {
        var peak = _days.MaxBy(day => day.Sum(spend.Total.Currency).Micros)!;
        return $"Largest part {NameOf(spend.Services[0])} with {spend.Services[0].Total.ToString(CultureInfo.CurrentCulture)}; "
            + $"most on {peak.Day.ToString("d MMMM", CultureInfo.InvariantCulture)} with {peak.Sum(spend.Total.Currency).ToString(CultureInfo.CurrentCulture)}.";
    }

    private void Pick(ChangeEventArgs change) => navigation.NavigateTo(UrlState.From(navigation).With("month", change.Value as string).Href);
}
