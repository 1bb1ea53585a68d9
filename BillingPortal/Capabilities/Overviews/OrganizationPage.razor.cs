using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Web;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>One organization. Its address has the number; UUID and slug lead there too.</summary>
public sealed partial class OrganizationPage(GetOrganization organizations, CurrentCaller current, NavigationManager navigation, ILogger<OrganizationPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<OrganizationOverview> _organization = null!;
    private string? _read;

    /// <summary>Number, UUID or slug.</summary>
    [Parameter]
    public string Key { get; set; } = "";

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <inheritdoc />
    public void Dispose() => _organization.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _organization = new(ReadAsync, StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Key)
        {
            _read = Key;
            await _organization.RunAsync();
            if (_organization.Value is { Organization.Id: var id } && id.ToString(CultureInfo.InvariantCulture) is var number && Key != number)
            {
                navigation.NavigateTo("/organizations/" + number, replace: true);
            }
        }
    }

    private async Task<OrganizationOverview?> ReadAsync(CancellationToken cancel)
    {
        if (await organizations.RunAsync(await current.GetAsync(), Key, cancel) is Outcome<OrganizationOverview>.Done { Value: var seen })
        {
            return seen;
        }

        if (Http is { Response.HasStarted: false })
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return null;
    }

    private static List<Crumb> CrumbsOf(OrganizationOverview seen) => seen.Reseller is { } reseller
        ? [new Crumb("Organizations", "/"), new Crumb(reseller.Name, $"/organizations/{reseller.Id.ToString(CultureInfo.InvariantCulture)}")]
        : [new Crumb("Organizations", "/")];

    private static string Blocked(OrganizationOverview seen)
    {
        var since = seen.Organization.BlockedAt is { } at
            ? $" Since {TimeText.Write(new Instant(at), seen.Organization.Zone, TimeForm.Minute)} {ViewZone.NameOf(seen.Organization.Zone)}."
            : "";
        return $"{string.Join(' ', BlockWords.Sentences(seen.Organization.BlockedCause))}{since} Usage that has happened is still recorded.";
    }
}
