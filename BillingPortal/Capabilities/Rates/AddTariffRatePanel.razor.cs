using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Rates;

/// <summary>Adds a rate to a tariff: first what it does, then the act.</summary>
public sealed partial class AddTariffRatePanel(ManagingTariffs managing, CurrentCaller current, TimeProvider clock) : ComponentBase
{
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private TariffRateChange? _shown;
    private string? _service, _ratezone, _unit, _rate, _from;

    /// <summary>The tariff.</summary>
    [Parameter, EditorRequired]
    public Tariff Tariff { get; set; } = default!;

    /// <summary>Tells what was done.</summary>
    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    private BillingPeriod Month => BillingPeriod.Of(Instant.Now(clock), TimeZoneInfo.Utc);

    private IEnumerable<BillingPeriod> Starts => MonthChoicePanel.From(new BillingPeriod(Month.Number - 100), 36);

    private TariffRateWish Wish => new()
    {
        Service = _service ?? "", Ratezone = _ratezone ?? "", Unit = _unit ?? "", Rate = RateText.Read(_rate), From = MonthChoicePanel.Read(_from) ?? Month,
    };

    /// <inheritdoc />
    protected override void OnInitialized() => _from = Month.Next.Number.ToString(CultureInfo.InvariantCulture);

    private static string Words(TariffRateChange change) =>
        $"It holds {change.Rate.Months.ToString(CultureInfo.CurrentCulture)} for every organization with this tariff. " + (change.Ends.IsEmpty ? "No other rate is ended by it."
            : string.Join(' ', change.Ends.Select(end => $"The rate of {RateText.Number(end.Rate.Rate)} {(end.Left.IsEmpty ? "is never used." : $"ends with {end.Left.Until!.Value.ToString(CultureInfo.CurrentCulture)}.")}")));

    private void Turn() => (_shown, _words, _errors) = (null, null, FieldErrors.None);

    private async Task AskAsync()
    {
        var outcome = await managing.PreviewAsync(await current.GetAsync(), Tariff.Id, Wish, CancellationToken.None);
        _shown = (outcome as Outcome<TariffRateChange>.Done)?.Value;
        (_errors, _words) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "Nothing was added."));
    }

    private async Task AddAsync()
    {
        if (_shown is not { } shown)
        {
            return;
        }

        var outcome = await managing.AddRateAsync(await current.GetAsync(), Tariff.Id, Wish, shown, CancellationToken.None);
        Turn();
        (_errors, _words) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "Nothing was added."));
        if (outcome is Outcome<TariffRate>.Done(var rate))
        {
            _rate = null;
            await OnDone.InvokeAsync($"Rate added: {RateText.Price(rate.Rate, Tariff.Currency, rate.Unit)} for {RateRow.NameOf(rate.Service, rate.Ratezone)}, {rate.Months.ToString(CultureInfo.CurrentCulture)}.");
        }
    }
}
