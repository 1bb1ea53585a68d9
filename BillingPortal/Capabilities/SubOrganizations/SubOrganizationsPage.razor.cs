using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>The organizations directly below one, with what each holds, spends and recharges. Everything that is chosen here stands in the address.</summary>
public sealed partial class SubOrganizationsPage(
    ListSubOrganizations organizations, CurrentCaller current, NavigationManager navigation, TimeProvider clock, ILogger<SubOrganizationsPage> log) : ComponentBase, IDisposable
{
    private static readonly ImmutableArray<string> Sorts = ["name"];

    private Fetching<Outcome<SubOrganizationList>> _list = null!;
    private ListState _state = null!;
    private Instant _readAt;
    private string? _text;
    private bool _mayCreate;

    /// <summary>The parent's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private ImmutableArray<Filter> Chips => _state.Url["q"] is { } text ? [new Filter("q", "Name", text)] : [];

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _list.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        _list = new(ReadAsync, StateHasChanged, log);
        ReadAddress();
        await _list.RunAsync();
    }

    /// <summary>What of the list <paramref name="state"/> asks for.</summary>
    internal static SubOrganizationPart PartOf(ListState state) => new(
        state.Url["q"]?.Replace("\0", "", StringComparison.Ordinal), state.Descending, state.Rows, SubOrganizationKey.Read(state.After), SubOrganizationKey.Read(state.Before));

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == $"/organizations/{new OrganizationId(Number)}/sub-organizations")
        {
            ReadAddress();
            _ = InvokeAsync(_list.RunAsync);
        }
    }

    private void ReadAddress()
    {
        _state = ListState.Read(UrlState.From(navigation), Sorts);
        _text = _state.Url["q"];
    }

    private void Search() => navigation.NavigateTo(_state.Filtered("q", string.IsNullOrWhiteSpace(_text) ? null : _text.Trim()));

    private async Task<Outcome<SubOrganizationList>?> ReadAsync(CancellationToken cancel)
    {
        var outcome = await organizations.RunAsync(await current.GetAsync(), new OrganizationId(Number), PartOf(_state), cancel);
        _readAt = Instant.Now(clock);
        if (outcome is Outcome<SubOrganizationList>.Done { Value.Parent.Path: var path })
        {
            _mayCreate = (await current.AccessAsync(cancel)).May(Permission.ManageOrganizations, path);
        }

        return outcome;
    }
}
