using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Web;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>All organizations that the person sees. Everything that is chosen here stands in the address.</summary>
public sealed partial class OverviewPage(
    ListOrganizations organizations, TotalOrganizations totals, NameOrganization names, CurrentCaller current, MaySee maySee,
    NavigationManager navigation, TimeProvider clock, ILogger<OverviewPage> log) : ComponentBase, IDisposable
{
    private const int MonthsOnOffer = 36;

    private static readonly ImmutableArray<(string Title, string? Key, string? Value)> Views =
        [("All", null, null), ("Prepaid", "model", "prepaid"), ("Postpaid", "model", "postpaid"), ("Resellers", "resellers", "1"), ("Blocked", "state", "blocked")];

    private Fetching<ListRead> _list = null!;
    private Fetching<OrganizationTotals> _totals = null!;
    private ListState _state = null!;
    private OverviewQuestion _question = null!;
    private Predicate<Permission> _may = _ => false;
    private ImmutableArray<BillingPeriod> _months = [];

    private bool Filtered => OverviewQuestion.Filters.Any(filter => _state.Url[filter] is not null);

    private BillingPeriod Shown => _question.Part.Month ?? Present;

    private BillingPeriod Present => BillingPeriod.Of(Instant.Now(clock), TimeZoneInfo.Utc);

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _list.Dispose();
        _totals.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        _list = new(ListAsync, StateHasChanged, log);
        _totals = new(TotalsAsync, StateHasChanged, log);
        Read();
        _may = await maySee() ?? _may;
        await ReadAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        if (UrlState.From(navigation).At("/").Href == UrlState.From(navigation).Href)
        {
            Read();
            _ = InvokeAsync(ReadAsync);
        }
    }

    private void Read()
    {
        var url = UrlState.From(navigation);
        _state = ListState.Read(url, OverviewQuestion.Sorts);
        _question = OverviewQuestion.Read(name => url[name], _state.Sort, _state.Descending, _state.Rows, _state.After, _state.Before);
        _months = [.. MonthsBack().Append(Shown).Distinct().OrderByDescending(month => month.Number)];
    }

    private IEnumerable<BillingPeriod> MonthsBack()
    {
        var first = new DateOnly(Present.Number / 100, Present.Number % 100, 1);
        return Enumerable.Range(0, MonthsOnOffer).Select(back => first.AddMonths(-back)).Select(day => new BillingPeriod((day.Year * 100) + day.Month));
    }

    private bool IsView(string? key, string? value)
    {
        var filters = OverviewQuestion.Filters.Where(filter => _state.Url[filter] is not null).ToList();
        return key is null ? filters.Count == 0 : filters is [var only] && only == key && string.Equals(_state.Url[only], value, StringComparison.OrdinalIgnoreCase);
    }

    private Task ReadAsync() => Task.WhenAll(_list.RunAsync(), _totals.RunAsync());

    private async Task<ListRead?> ListAsync(CancellationToken cancel)
    {
        var (question, caller) = (_question, await current.GetAsync());
        switch (await organizations.RunAsync(caller, question.Filter, question.Part, cancel))
        {
            case Outcome<OrganizationList>.Done { Value.Rows.Count: 0 }:
                return null;
            case Outcome<OrganizationList>.Done { Value: var list }:
                var tree = question.Filter.Tree is { } top ? await names.RunAsync(caller, top, cancel) ?? top.ToString(CultureInfo.InvariantCulture) : null;
                return new ListRead(list, Instant.Now(clock), tree, Refusal: null);
            case Outcome<OrganizationList>.Refused { Refusal: var refusal }:
                return new ListRead(new([], null, null), Instant.Now(clock), TreeName: null, refusal.Message);
            default:
                throw new InvalidOperationException("A list is either read or refused.");
        }
    }

    private async Task<OrganizationTotals?> TotalsAsync(CancellationToken cancel) =>
        await totals.RunAsync(await current.GetAsync(), _question.Filter, _question.Part.Month, cancel) is Outcome<OrganizationTotals>.Done done ? done.Value : null;

    private sealed record ListRead(OrganizationList List, Instant At, string? TreeName, string? Refusal);
}
