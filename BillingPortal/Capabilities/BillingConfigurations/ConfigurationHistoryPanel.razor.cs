using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>What was set, when and by whom, newest first, a page at a time.</summary>
public sealed partial class ConfigurationHistoryPanel(GetConfigurationHistory history, CurrentCaller current, ILogger<ConfigurationHistoryPanel> log) : ComponentBase, IDisposable
{
    private readonly List<ConfigurationVersion> _versions = [];
    private Fetching<ConfigurationHistory> _history = default!;
    private long? _older, _below;
    private long _shown = -1;

    /// <summary>Whose.</summary>
    [Parameter, EditorRequired]
    public OrganizationId Organization { get; set; }

    /// <summary>The version now; another one is read again.</summary>
    [Parameter, EditorRequired]
    public long Version { get; set; }

    /// <summary>The organization's zone.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <inheritdoc />
    public void Dispose() => _history.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _history = new(ReadAsync, StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Version)
        {
            (_shown, _below) = (Version, null);
            await _history.RunAsync();
        }
    }

    private async Task<ConfigurationHistory?> ReadAsync(CancellationToken cancel)
    {
        if (await history.RunAsync(await current.GetAsync(), Organization, _below, cancel) is not Outcome<ConfigurationHistory>.Done { Value: var page })
        {
            return null;
        }

        if (_below is null)
        {
            _versions.Clear();
        }

        _versions.AddRange(page.Versions);
        _older = page.Older;
        return page;
    }

    private Task MoreAsync()
    {
        _below = _older;
        return _history.RunAsync();
    }
}
