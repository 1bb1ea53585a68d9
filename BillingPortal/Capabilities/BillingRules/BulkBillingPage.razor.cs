using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingRules;

/// <summary>Recharge and cap of several sub-organizations: a report for each before anything is applied, then all or nothing.</summary>
public sealed partial class BulkBillingPage(
    GetBulkBilling bulk, SettingBillingRule setting, CurrentCaller current, NavigationManager navigation, TimeProvider clock, ILogger<BulkBillingPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<BulkBilling>> _about = default!;
    private MoneyAct<BulkWish> _act = default!;
    private BulkDraft _draft = new();
    private ImmutableSortedSet<long> _chosen = [];
    private ImmutableArray<FieldError> _errors = [];
    private IReadOnlyDictionary<long, BulkReportPanel.Report> _reports = ImmutableDictionary<long, BulkReportPanel.Report>.Empty;

    /// <summary>The number of the organization above.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The chosen numbers, separated by commas.</summary>
    [SupplyParameterFromQuery]
    public string? Ids { get; set; }

    private BulkBilling? About => _about.Value is Outcome<BulkBilling>.Done(var about) ? about : null;

    private FieldErrors Errors => FieldErrors.Of<Preview>(new Outcome<Preview>.Invalid(_errors));

    /// <inheritdoc />
    public void Dispose()
    {
        _about.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _chosen = [.. NumbersOf(Ids)];
        var live = new LivePreview<BulkWish>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log);
        _act = new(live, CommitAsync, StateHasChanged, clock, log) { WithoutEntry = true, OnPosted = _ => SavedAsync() };
        _about = new(async cancel => await bulk.RunAsync(await current.GetAsync(), new OrganizationId(Number), [.. _chosen], cancel), StateHasChanged, log);
        await _about.RunAsync();
        if (About is { } about)
        {
            _chosen = _chosen.Intersect(about.Children.Select(child => child.Organization.Id));
        }
    }

    private static IEnumerable<long> NumbersOf(string? ids) => (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0);

    private static string Many(int count) => count == 1 ? "1 sub-organization" : $"{count.ToString(CultureInfo.CurrentCulture)} sub-organizations";

    private Task ChangeAsync(BulkDraft draft)
    {
        _draft = draft;
        Ask();
        return Task.CompletedTask;
    }

    private Task ChooseAsync(ImmutableSortedSet<long> chosen)
    {
        _chosen = chosen;
        navigation.NavigateTo(UrlState.From(navigation).With("ids", chosen.IsEmpty ? null : string.Join(',', chosen)).Href, replace: true);
        Ask();
        return Task.CompletedTask;
    }

    private void Ask()
    {
        _act.Turn();
        if (Wish() is { } wish)
        {
            _act.Live.Ask(wish);
        }
        else
        {
            _act.Live.Clear();
            _reports = ImmutableDictionary<long, BulkReportPanel.Report>.Empty;
        }
    }

    private Task AskAsync() => Wish() is { } wish ? _act.Live.AskNowAsync(wish) : Task.CompletedTask;

    private BulkWish? Wish()
    {
        if (About is not { } about)
        {
            return null;
        }

        var (form, errors) = BulkFormPanel.Read(_draft, about.Parent.Money, about.Parent.Zone, CultureInfo.CurrentCulture);
        _errors = errors;
        return errors.IsEmpty && !_chosen.IsEmpty ? new BulkWish(form, string.Join(',', _chosen)) : null;
    }

    private async Task<Outcome<Preview>> PreviewAsync(BulkWish wish, string key, CancellationToken cancel)
    {
        var caller = await current.GetAsync();
        var ids = NumbersOf(wish.Ids).Select(number => new OrganizationId(number)).ToImmutableArray();
        var all = await setting.PreviewAsync(caller, ids, wish.Form, key, cancel);
        var reports = new Dictionary<long, BulkReportPanel.Report>();
        foreach (var id in ids)
        {
            // One that is refused refuses all: then each is asked for itself, so that the report names every one that must be mended.
            reports[id.Value] = ReportOf(id, all is Outcome<Preview>.Done ? all : await setting.PreviewAsync(caller, [id], wish.Form, key, cancel));
        }

        _reports = reports;
        return all;
    }

    private BulkReportPanel.Report ReportOf(OrganizationId id, Outcome<Preview> outcome)
    {
        if (outcome is not Outcome<Preview>.Done(var preview))
        {
            return new([], [], OutcomeText.Of(outcome, "Refused.")?.Text ?? "It would be refused.");
        }

        var (before, after, zone) = (preview.Before[id], preview.After[id], About!.Parent.Zone);
        var own = preview.Effects.Where(effect => effect.Organization == id).ToList();
        var changes = RuleWords.Changes(own).Select(change => RuleWords.Line(change, zone));
        return new([.. RuleWords.Consequences(own, after.Rule, before.Currency), .. changes],
            own.Count == 0 ? [] : RuleSights.Of(before, after.Rule, after.Window, before.Name, before.Payer is null ? null : "the organization above", preview.PreparedAt).Warnings, Refusal: null);
    }

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(BulkWish wish, Agreement agreement, string key) =>
        await setting.CommitAsync(await current.GetAsync(), [.. NumbersOf(wish.Ids).Select(number => new OrganizationId(number))], wish.Form, agreement, key, CancellationToken.None);

    private async Task SavedAsync()
    {
        (_draft, _reports) = (new BulkDraft(), ImmutableDictionary<long, BulkReportPanel.Report>.Empty);
        await _about.RunAsync();
    }

    private static string ActOf(BulkBilling about, Preview preview)
    {
        var changed = preview.Effects.OfType<Effect.SetRule>().Count(set => set.Changed is not null);
        var charged = RuleWords.ChargedAtOnce(preview.Effects);
        return $"Set the rules of {Many(changed)}" + (charged > 0 ? $" and charge {new Money(charged, about.Parent.Money).ToString(CultureInfo.CurrentCulture)} now" : "");
    }

    private static IEnumerable<(ChosenOrganization Child, string[] Lines)> Done(BulkBilling about, Receipt receipt) =>
        about.Children.Select(child => (child, Own: receipt.Effects.Where(effect => effect.Organization == child.Id).ToList()))
            .Where(pair => pair.Own.Count > 0)
            .Select(pair => (pair.child, RuleWords.Changes(pair.Own).Select(change => RuleWords.Line(change, about.Parent.Zone)).ToArray()));
}
