using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>One entry: what it posted, why, by whom, its place in the chain, and what became of it.</summary>
public sealed partial class EntryPage(GetEntry entries, CurrentCaller current, NavigationManager navigation, IJSRuntime browser, ILogger<EntryPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<EntryView>> _read = null!;
    private (long Number, long Seq) _shown;
    private bool _copied;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The entry's number.</summary>
    [Parameter]
    public long Seq { get; set; }

    private string Journal => $"/organizations/{Number}/journal";

    /// <inheritdoc />
    public void Dispose() => _read.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _read = new(async cancel => await entries.RunAsync(await current.GetAsync(), new OrganizationId(Number), Seq, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Number, Seq))
        {
            (_shown, _copied) = ((Number, Seq), false);
            await _read.RunAsync();
        }
    }

    private static bool IsClosed(Organization organization, JournalEntry entry) =>
        organization.ClosedUntil is { } until && new BillingPeriod(entry.Period).EndIn(organization.Zone).Micros <= until;

    private string Of(long seq) => $"{Journal}/{seq}";

    private string AsOf(Instant at, string by) => $"/organizations/{Number}/as-of?at={at}&by={by}";

    private async Task CopyLinkAsync()
    {
        await browser.InvokeVoidAsync("portal.copy", navigation.ToAbsoluteUri(Of(Seq).TrimStart('/')).ToString());
        _copied = true;
    }
}
