using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.BillingRules;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>An organization's recharge and cap: form, live preview and rehearsal, save bound to what was shown, receipt in the page.</summary>
public sealed partial class BillingEditorPage(
    GetBillingEditor editor, SettingBillingRule setting, CurrentCaller current, DraftKeeper drafts, TimeProvider clock, ILogger<BillingEditorPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<BillingEditor>> _about = default!;
    private MoneyAct<BillingRuleForm> _act = default!;
    private RuleDraft _draft = new();
    private BillingRule _wished = BillingRule.None;
    private (AutoRecharge Recharge, SpendingCap Cap) _rehearsed = (AutoRecharge.Off, SpendingCap.Off);
    private ImmutableArray<FieldError> _errors = [];
    private RuleVersion? _off;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private OrganizationId Id => new(Number);

    private string DraftKey => "billing/" + Id;

    private BillingEditor? About => _about.Value is Outcome<BillingEditor>.Done(var about) ? about : null;

    private FieldErrors Errors => !_errors.IsEmpty ? FieldErrors.Of<Preview>(new Outcome<Preview>.Invalid(_errors))
        : _act.Refusal is { } refusal ? FieldErrors.Of(refusal) : FieldErrors.None;

    private IReadOnlyList<string> Wrong => [.. _errors.Select(error => LabelOf(error.Field)).Distinct()];

    /// <inheritdoc />
    public void Dispose()
    {
        _about.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var live = new LivePreview<BillingRuleForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log);
        _act = new(live, CommitAsync, StateHasChanged, clock, log) { OnPosted = SavedAsync, WithoutEntry = true };
        _about = new(async cancel => await editor.RunAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);
        await _about.RunAsync();
        if (About is { } about)
        {
            Take(DraftOf(about), about);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && About is { } about && await drafts.FindAsync<RuleDraft>(DraftKey) is { } draft && draft != _draft)
        {
            Take(draft, about);
            Ask();
            StateHasChanged();
        }
    }

    private static RuleDraft DraftOf(BillingEditor about) => RuleDraft.Of(about.Rule, about.Organization.Zone, CultureInfo.CurrentCulture);

    private static string LabelOf(string field) => field switch
    {
        nameof(BillingRuleForm.MonthlyLimit) => "Limit a month",
        nameof(BillingRuleForm.CapAmount) => "Cap",
        nameof(BillingRuleForm.Anchor) => "Windows start at",
        _ => field,
    };

    private SpendingWindow? WindowOf(BillingEditor about) => _act.Live.Shown?.Preview?.After[about.Id].Window is { } after && _errors.IsEmpty ? after
        : _wished.Cap.Anchor == about.Rule.Cap.Anchor ? about.Ledger.Window : null;

    private ImmutableArray<RuleWarning> WarningsOf(BillingEditor about) =>
        _draft == DraftOf(about) && about.Rule.Version > 0 ? [] : [.. about.Sight(_wished, WindowOf(about)).Warnings, .. AtOnce(about)];

    /// <summary>What saving charges at once, as the preview has it.</summary>
    private IEnumerable<RuleWarning> AtOnce(BillingEditor about)
    {
        var charged = _act.Preview is { } preview && _errors.IsEmpty ? RuleWords.ChargedAtOnce(preview.Effects) : 0;
        string Write(long micros) => new Money(micros, about.Currency).ToString(CultureInfo.CurrentCulture);
        return charged == 0 ? []
            : [new RuleWarning("charges_at_once", $"Saving charges {_wished.Card} {Write(charged)} at once.",
                $"{about.Organization.Name} has {Write(about.Ledger.AvailableAt(about.Now))} available, below the threshold of {Write(_wished.Recharge.Threshold ?? 0)}.")];
    }

    private void Take(RuleDraft draft, BillingEditor about)
    {
        _draft = draft;
        var (form, errors) = RuleFormPanel.Read(draft, about.Currency, about.Organization.Zone, CultureInfo.CurrentCulture);
        _errors = [.. errors, .. BillingRuleFormRules.Instance.Errors(form)];
        if (_errors.Any(error => error.Code is "too_fine" or "unreadable"))
        {
            return;
        }

        // All that the page asks for: nothing of the rule as it is shines through.
        _wished = form.ToWish(about.Id, about.Currency).On(about.Rule with { Recharge = AutoRecharge.Off, Cap = SpendingCap.Off });
        _rehearsed = _errors.IsEmpty ? (_wished.Recharge, _wished.Cap) : _rehearsed;
    }

    private async Task ChangeAsync(RuleDraft draft)
    {
        if (About is { } about)
        {
            Take(draft, about);
            _act.Turn();
            Ask();
            await drafts.KeepAsync(DraftKey, draft);
        }
    }

    private Task TryAsync(long threshold) => ChangeAsync(_draft with { Threshold = ((decimal)threshold / Money.Unit).ToString("0.00", CultureInfo.CurrentCulture) });

    private async Task DiscardAsync()
    {
        if (About is { } about)
        {
            Take(DraftOf(about), about);
            _act.Turn();
            _act.Live.Clear();
            await drafts.ForgetAsync(DraftKey);
        }
    }

    private void Ask()
    {
        if (About is { } about && _errors.IsEmpty && _draft != DraftOf(about))
        {
            _act.Live.Ask(FormOf(about));
        }
        else
        {
            _act.Live.Clear();
        }
    }

    private async Task AskAsync()
    {
        if (About is { } about && _errors.IsEmpty)
        {
            await _act.Live.AskNowAsync(FormOf(about));
        }
    }

    private BillingRuleForm FormOf(BillingEditor about) => RuleFormPanel.Read(_draft, about.Currency, about.Organization.Zone, CultureInfo.CurrentCulture).Form;

    private async Task<Outcome<Preview>> PreviewAsync(BillingRuleForm form, string key, CancellationToken cancel) =>
        await setting.PreviewAsync(await current.GetAsync(), [Id], form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(BillingRuleForm form, Agreement agreement, string key) =>
        await setting.CommitAsync(await current.GetAsync(), [Id], form, agreement, key, CancellationToken.None);

    private Task SaveAsync(ShownPreview<BillingRuleForm> shown) => _act.SubmitAsync(shown);

    private async Task SavedAsync(PostedAct<BillingRuleForm> posted)
    {
        await drafts.ForgetAsync(DraftKey);
        await _about.RunAsync();
        if (About is { } about)
        {
            Take(DraftOf(about), about);
        }
    }
}
