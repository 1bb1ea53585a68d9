using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>What was set, when and by whom, newest first, a page at a time.</summary>
public sealed partial class RuleHistoryPanel(GetRuleHistory history, CurrentCaller current, ILogger<RuleHistoryPanel> log) : ComponentBase, IDisposable
{
    private readonly List<RuleVersion> _versions = [];
    private Fetching<RuleHistory> _history = default!;
    private long? _older, _below;
    private long _shown = -1;

    /// <summary>Whose rule.</summary>
    [Parameter, EditorRequired]
    public OrganizationId Organization { get; set; }

    /// <summary>The rule's version now; another one is read again.</summary>
    [Parameter, EditorRequired]
    public long Version { get; set; }

    /// <summary>The organization's zone.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Told of the change that switched recharging off, where it is known.</summary>
    [Parameter]
    public EventCallback<RuleVersion?> OnOff { get; set; }

    /// <inheritdoc />
    public void Dispose() => _history.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _history = new(ReadAsync, StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Version)
        {
            return;
        }

        (_shown, _below) = (Version, null);
        await _history.RunAsync();
    }

    private async Task<RuleHistory?> ReadAsync(CancellationToken cancel)
    {
        if (await history.RunAsync(await current.GetAsync(), Organization, _below, cancel) is not Outcome<RuleHistory>.Done { Value: var page })
        {
            return null;
        }

        if (_below is null)
        {
            _versions.Clear();
            await OnOff.InvokeAsync(page.Off);
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

    private static string Title(RuleVersion version) => (version.SwitchedOff, version.Changes.Any(change => change is { Setting: "recharge_enabled", After: "on" })) switch
    {
        (true, _) => $"Auto-recharge switched off by {version.By}",
        (_, true) => $"Auto-recharge switched on by {version.By}",
        _ => $"Changed by {version.By}",
    };
}
