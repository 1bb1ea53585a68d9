using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace BillingPortal.Capabilities.Statements;

/// <summary>An organization's statement over any days. The days, and the last entry that counts, stand in the address.</summary>
public sealed partial class StatementPage(GetStatement statements, CurrentCaller current, NavigationManager navigation, ILogger<StatementPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<StatementView>> _read = null!;
    private UrlState _url = null!;
    private StatementForm _form = null!;
    private string? _from, _to;
    private string _shown = "";

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private string Path => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Number}/statement");

    private StatementCursor? After => StatementCursor.Parse(_url["after"]);

    /// <inheritdoc />
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _read.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        navigation.LocationChanged += Moved;
        _read = new(async cancel => await statements.RunAsync(await current.GetAsync(), new OrganizationId(Number), _form, After, ListState.Sizes[^1], cancel), StateHasChanged, log);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (UrlState.From(navigation).Href is var address && address != _shown)
        {
            Understand(address);
            await _read.RunAsync();
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = UrlState.From(navigation).Href;
        if (address != _shown && address.Split('?')[0] == Path)
        {
            Understand(address);
            _ = InvokeAsync(_read.RunAsync);
        }
    }

    private void Understand(string address)
    {
        (_shown, _url) = (address, UrlState.From(navigation));
        _form = StatementForm.Of(key => _url[key]);
        (_from, _to) = (_form.From, _form.To);
    }

    /// <summary>Other days are another statement: through the last entry there is.</summary>
    private void Ask() => navigation.NavigateTo(_url.Without("after", "through").With("from", _from).With("to", _to).Href);
}
