using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>What the rule in the form would have done with the organization's own usage, reckoned anew as the form changes.</summary>
public sealed partial class RehearsalPanel(TimeProvider clock, ILogger<RehearsalPanel> log) : ComponentBase, IDisposable
{
    private Reckoning<RehearsalWish, RehearsalAnswer> _live = default!;
    private RehearsalWish? _asked;

    /// <summary>Its name.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Its past.</summary>
    [Parameter, EditorRequired]
    public RehearsedPast Past { get; set; } = default!;

    /// <summary>Its currency.</summary>
    [Parameter, EditorRequired]
    public Currency Currency { get; set; }

    /// <summary>Recharging as filled in; what is unfinished counts as off.</summary>
    [Parameter, EditorRequired]
    public AutoRecharge Recharge { get; set; } = AutoRecharge.Off;

    /// <summary>The cap as filled in.</summary>
    [Parameter, EditorRequired]
    public SpendingCap Cap { get; set; } = SpendingCap.Off;

    /// <summary>Takes over a threshold, in millionths.</summary>
    [Parameter]
    public EventCallback<long> OnTry { get; set; }

    private bool Prepaid => Past.ChargingModel == ChargingModel.Prepaid;

    private string Title => string.Create(CultureInfo.InvariantCulture, $"Rehearsal of the rule on {Day(Past.From)} to {Day(Past.Until)}, {Currency.Code}");

    private int DayCount => (int)((Past.Until.Micros - Past.From.Micros) / TimeSpan.MicrosecondsPerDay);

    private string Aside => string.Create(CultureInfo.InvariantCulture,
        $"this rule on {Name}’s own last {(DayCount > 1 ? $"{DayCount} days" : "day")}, value in {Currency.Code}")
        + (Prepaid ? $"; payments settle in {RehearsalWords.Span(Past.Settles)}" + (Past.Settles == RehearsedPast.UsualSettlement ? "" : " as they did then") : "");

    /// <inheritdoc />
    public void Dispose() => _live.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _live = new(RehearsalAnswer.Of, InvokeAsync, StateHasChanged, clock, log);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var wish = new RehearsalWish(Recharge, Cap, Past);
        if (Past.IsEmpty || wish == _asked)
        {
            return;
        }

        if (_asked is null)
        {
            _live.Now(wish);
        }
        else
        {
            _live.Ask(wish);
        }

        _asked = wish;
    }

    private Money? LevelOf(RehearsalWish wish) => (Prepaid, wish.Recharge, wish.Cap) switch
    {
        (true, { Enabled: true, Threshold: { } threshold }, _) => new Money(threshold, Currency),
        (false, _, { Enabled: true, Amount: { } amount }) => new Money(amount, Currency),
        _ => null,
    };

    private string Day(Instant at) => TimeZoneInfo.ConvertTime(at.ToUtc(), Past.Zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
