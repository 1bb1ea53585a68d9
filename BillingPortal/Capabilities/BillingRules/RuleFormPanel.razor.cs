using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.BillingRules;
using BillingPortal.Web.Amounts;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>The fields of recharge and cap, each limit with what it does, and the rule restated as it will act.</summary>
public sealed partial class RuleFormPanel : ComponentBase
{
    /// <summary>Whose rule.</summary>
    [Parameter, EditorRequired]
    public BillingEditor About { get; set; } = default!;

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public RuleDraft Draft { get; set; } = new();

    /// <summary>Raised with every keystroke.</summary>
    [Parameter]
    public EventCallback<RuleDraft> DraftChanged { get; set; }

    /// <summary>The rule as filled in.</summary>
    [Parameter, EditorRequired]
    public BillingRule Wished { get; set; } = BillingRule.None;

    /// <summary>The window in which the wished cap would count, where it is known.</summary>
    [Parameter]
    public SpendingWindow? Window { get; set; }

    /// <summary>What somebody should know before saving.</summary>
    [Parameter]
    public ImmutableArray<RuleWarning> Warnings { get; set; } = [];

    /// <summary>What is wrong, by field.</summary>
    [Parameter]
    public FieldErrors Errors { get; set; } = FieldErrors.None;

    private bool IsPostpaid => About.Organization.ChargingModel == ChargingModel.Postpaid;

    private string LimitHelp => $"{Month}: {Write(About.ChargedThisMonth)} charged. Empty for no limit. Never stops usage.";

    private string Month => TimeZoneInfo.ConvertTime(About.Now.ToUtc(), About.Organization.Zone).ToString("MMMM", CultureInfo.InvariantCulture);

    private string CapHelp => Window is not { } window ? "0 to 100,000."
        : $"Spent in this window: {Write(window.Spent)}"
            + (Wished.Cap.Amount is { } cap and > 0 ? string.Create(CultureInfo.CurrentCulture, $", or {decimal.Floor(100m * window.Spent / cap):0} %.") : ".");

    private string? WindowHelp => Window is { } window ? $"Next start {TimeText.Write(window.End, About.Organization.Zone, TimeForm.Minute)} {Web.Layout.ViewZone.NameOf(About.Organization.Zone)}" : null;

    /// <summary>What the draft asks for; where something cannot be read or meant, the form it would be without that, and what is wrong.</summary>
    public static (BillingRuleForm Form, ImmutableArray<FieldError> Errors) Read(RuleDraft draft, Currency currency, TimeZoneInfo zone, CultureInfo culture)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        decimal? Units(string text, string field)
        {
            var reading = MoneyReading.Read(text, currency, culture);
            if (reading.Problem is { } problem)
            {
                errors.Add(new FieldError(field, "unreadable", problem));
            }

            return reading.Money?.Units;
        }

        decimal? Needed(bool on, string text, string field, string missing)
        {
            if (on && string.IsNullOrWhiteSpace(text))
            {
                errors.Add(new FieldError(field, "required", missing));
            }

            return Units(text, field);
        }

        var anchor = draft is { Anchored: true, ResetAt: { } local } ? LocalTime.ToInstant(local, zone) : null;
        if (draft.Anchored && anchor is null)
        {
            errors.Add(new FieldError(nameof(BillingRuleForm.Anchor), draft.ResetAt is null ? "required" : "skipped",
                draft.ResetAt is null ? "Say when a window starts." : $"Clocks in {zone.Id} skip that time. Choose one after it."));
        }

        var form = new BillingRuleForm
        {
            RechargeEnabled = draft.RechargeOn,
            Threshold = Needed(draft.RechargeOn, draft.Threshold, nameof(BillingRuleForm.Threshold), "Say below which balance to recharge."),
            Amount = Needed(draft.RechargeOn, draft.Amount, nameof(BillingRuleForm.Amount), "Say how much to charge."),
            MonthlyLimit = Units(draft.Limit, nameof(BillingRuleForm.MonthlyLimit)),
            WithoutLimit = string.IsNullOrWhiteSpace(draft.Limit),
            CapEnabled = draft.CapOn,
            CapAmount = Needed(draft.CapOn, draft.Cap, nameof(BillingRuleForm.CapAmount), "Say how much may be spent."),
            Anchor = anchor,
            ByCalendarMonth = !draft.Anchored,
            Soft = draft.Soft,
        };
        return (form, errors.ToImmutable());
    }

    private string Write(long micros) => new Money(micros, About.Currency).ToString(CultureInfo.CurrentCulture);

    private Task ChangeAsync(RuleDraft draft) => DraftChanged.InvokeAsync(draft);
}
