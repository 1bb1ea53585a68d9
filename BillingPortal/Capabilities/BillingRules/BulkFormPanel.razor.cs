using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.BillingRules;
using BillingPortal.Web.Amounts;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>The fields of recharge and cap for several organizations: each can be left as it is.</summary>
public sealed partial class BulkFormPanel : ComponentBase
{
    /// <summary>The currency of its amounts.</summary>
    [Parameter, EditorRequired]
    public Currency Currency { get; set; }

    /// <summary>The zone of its times.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public BulkDraft Draft { get; set; } = new();

    /// <summary>Raised with every keystroke.</summary>
    [Parameter]
    public EventCallback<BulkDraft> DraftChanged { get; set; }

    /// <summary>What is wrong, by field.</summary>
    [Parameter]
    public FieldErrors Errors { get; set; } = FieldErrors.None;

    /// <summary>What the draft asks for, and what is wrong with it.</summary>
    public static (BillingRuleForm Form, ImmutableArray<FieldError> Errors) Read(BulkDraft draft, Currency currency, TimeZoneInfo zone, CultureInfo culture)
    {
        // The same words as for one organization; what was left empty is not asked for.
        var (one, errors) = RuleFormPanel.Read(new RuleDraft
        {
            Threshold = draft.Threshold,
            Amount = draft.Amount,
            Limit = draft.Limit,
            Cap = draft.Cap,
            Anchored = draft.Anchored == true,
            ResetAt = draft.ResetAt,
        }, currency, zone, culture);
        var form = one with
        {
            RechargeEnabled = draft.RechargeOn,
            WithoutLimit = draft.WithoutLimit,
            CapEnabled = draft.CapOn,
            ByCalendarMonth = draft.Anchored == false,
            Soft = draft.Soft,
        };
        return (form, [.. errors, .. BillingRuleFormRules.Instance.Errors(form)]);
    }

    private Task ChangeAsync(BulkDraft draft) => DraftChanged.InvokeAsync(draft);
}
