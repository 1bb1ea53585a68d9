using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>Every account of an organization at a past instant, read both ways. The moment stands in the address.</summary>
public sealed partial class AsOfPage(GetBalanceAsOf balances, CurrentCaller current, NavigationManager navigation, ILogger<AsOfPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<BothBalances>> _read = null!;
    private UrlState _url = null!;
    private string? _at, _by, _shown;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The moment: wall clock of the organization's zone, or an instant with its offset; now where absent.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    public string? AskedAt { get; set; }

    /// <summary><c>effective</c>, where absent, or <c>recorded</c>.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    public string? AskedBy { get; set; }

    private string By => AskedBy == "recorded" ? "recorded" : "effective";

    private string Path => $"/organizations/{Number}/as-of";

    /// <inheritdoc />
    public void Dispose() => _read.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _read = new(async cancel => await balances.CompareAsync(await current.GetAsync(), new OrganizationId(Number), AskedAt, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _url = UrlState.From(navigation);
        if (_url.Href != _shown)
        {
            (_shown, _at, _by) = (_url.Href, AskedAt, By);
            await _read.RunAsync();
        }
    }

    private static string Local(BothBalances both) =>
        TimeZoneInfo.ConvertTime(both.Moment.At.ToUtc(), both.Organization.Zone).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Day(BothBalances both) =>
        TimeZoneInfo.ConvertTime(both.Moment.At.ToUtc(), both.Organization.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Money Value(BothBalances both) => new((By == "recorded" ? both.Recorded : both.Effective).Net, both.Organization.Money);

    private void Ask() => navigation.NavigateTo(_url.With("at", _at).With("by", _by).Href);
}
