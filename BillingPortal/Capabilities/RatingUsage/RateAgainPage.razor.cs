using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>Rates a month again: each line before and after, the entries that correct it, committed as shown.</summary>
public sealed partial class RateAgainPage(RatingAgain rating, CurrentCaller current, TimeProvider clock, ILogger<RateAgainPage> log) : ComponentBase, IDisposable
{
    private const int Most = 200;

    private Fetching<Outcome<RateAgainDesk>> _desk = default!;
    private MoneyAct<RateAgainForm> _act = default!;
    private RateAgainForm _form = new(default);

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The month to begin with, as 202611; the newest that has usage where absent.</summary>
    [SupplyParameterFromQuery]
    public int? Month { get; set; }

    private OrganizationId Id => new(Number);

    /// <summary>Lines that get another price, as they are and as they would be.</summary>
    private ImmutableArray<(RatedLine Was, RatedLine Now)> Corrections
    {
        get
        {
            var before = (_act.Preview?.Facts.Rating?.Lines ?? []).ToDictionary(line => line.Number);
            return [.. (_act.Preview?.Effects ?? []).OfType<Effect.Rate>().SelectMany(effect => effect.Usage.Lines).Select(line => (before[line.Supersedes!.Value], line)).OrderBy(pair => pair.line.Origin)];
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _desk.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _act = new(new LivePreview<RateAgainForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log), CommitAsync, StateHasChanged, clock, log) { WithoutEntry = true };
        _desk = new(async cancel => await rating.OpenAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);
        await _desk.RunAsync();
        if (_desk.Value is Outcome<RateAgainDesk>.Done({ Months: { IsEmpty: false } months }))
        {
            _form = new RateAgainForm(months.FirstOrDefault(month => month.Number == Month, months[0]));
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && _form.Month.Number > 0)
        {
            await _act.Live.AskNowAsync(_form);
        }
    }

    private static OrganizationId Ledger(RateAgainDesk desk) => new(desk.Organization.PayerId ?? desk.Organization.Id);

    private static string By(RatedLine line) => string.Join(", ", line.Parts.Select(UsageWords.NameOf));

    private static ExactAmount Sum(ImmutableArray<(RatedLine Was, RatedLine Now)> lines, Func<(RatedLine Was, RatedLine Now), RatedLine> which) =>
        lines.Aggregate(ExactAmount.Zero, (sum, line) => sum + which(line).Amount);

    private static Money Moved(RateAgainDesk desk, Preview preview) => new(preview.Entries.Sum(entry => Math.Abs(entry.NetAmount)), desk.Organization.Money);

    private static string Act(RateAgainDesk desk, Preview preview, RateAgainForm form)
    {
        var net = new Money(preview.Entries.Sum(entry => entry.NetAmount), desk.Organization.Money);
        return $"Correct {form.Month.ToString(CultureInfo.CurrentCulture)} of {desk.Organization.Name}" + (net.IsZero ? "" : $": {(net.Micros > 0 ? "give back" : "charge")} {net.Absolute.ToString(CultureInfo.CurrentCulture)}");
    }

    private static string Done(RateAgainDesk desk, RateAgainForm form) => $"Rated {form.Month.ToString(CultureInfo.CurrentCulture)} of {desk.Organization.Name} again";

    private async Task<Outcome<Preview>> PreviewAsync(RateAgainForm form, string key, CancellationToken cancel) => await rating.PreviewAsync(await current.GetAsync(), Id, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(RateAgainForm form, Agreement agreement, string key) => await rating.CommitAsync(await current.GetAsync(), Id, form, agreement, key, CancellationToken.None);

    private void Change(ChangeEventArgs change)
    {
        _form = new RateAgainForm(new BillingPeriod(int.Parse((string)change.Value!, CultureInfo.InvariantCulture)));
        _act.Turn();
        _act.Live.Ask(_form);
    }
}
