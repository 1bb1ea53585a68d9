using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Chooses the organization whose balance is adjusted. What is typed is in the address, so that Back comes back to it.</summary>
public sealed partial class ChooseOrganizationPage(FindOrganizationsToAdjust find, CurrentCaller current, NavigationManager navigation, ILogger<ChooseOrganizationPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<ImmutableArray<Organization>>> _found = default!;
    private string _text = "";

    /// <summary>What was typed.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    /// <inheritdoc />
    public void Dispose() => _found.Dispose();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // Only once: while somebody types, the address lags behind and would take letters back.
        _text = Query ?? "";
        _found = new(async cancel => await find.RunAsync(await current.GetAsync(), _text, cancel), StateHasChanged, log);
        await _found.RunAsync();
    }

    private async Task TypedAsync(string? text)
    {
        _text = text ?? "";
        navigation.NavigateTo(UrlState.Parse("/adjust").With("q", _text).Href, replace: true);
        await _found.RunAsync();
    }

    private static State StateOf(Organization organization) =>
        organization.Disabled ? State.Disabled : organization.BlockedCause is not null ? State.Blocked : State.Active;
}
