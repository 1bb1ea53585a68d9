using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Rates;

/// <summary>Adds a custom rate: first what it does, with the older rates that it ends, then the act.</summary>
public sealed partial class AddRatePanel(ChangingCustomRates changing, CurrentCaller current) : ComponentBase
{
    private const int MonthsAhead = 36;

    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private CustomRateChange? _shown;
    private string? _service, _ratezone, _rate, _volume, _from, _until;

    /// <summary>Whose rates.</summary>
    [Parameter, EditorRequired]
    public RatesView View { get; set; } = default!;

    /// <summary>Tells what was done.</summary>
    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    private IEnumerable<string> Services => View.Book.TariffRates.Select(rate => rate.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>A year back, as far as months are open.</summary>
    private IEnumerable<BillingPeriod> Starts => MonthChoicePanel.From(new BillingPeriod(View.Month.Number - 100), 12 + MonthsAhead).Where(month => View.FirstOpen is not { } open || month.Number >= open.Number);

    private IEnumerable<BillingPeriod> Ends => MonthChoicePanel.From(View.Month, MonthsAhead);

    private OrganizationId Id => new(View.Organization.Id);

    /// <inheritdoc />
    protected override void OnInitialized() => _from = View.Month.Number.ToString(CultureInfo.InvariantCulture);

    private void Turn() => (_shown, _words, _errors) = (null, null, FieldErrors.None);

    private CustomRateWish? Wish()
    {
        var (rate, volume) = (RateText.Read(_rate), string.IsNullOrWhiteSpace(_volume) ? ExactAmount.Zero : RateText.Read(_volume));
        if (rate is not null && volume is not null)
        {
            return new CustomRateWish
            {
                Service = (_service ?? "").Trim(), Ratezone = (_ratezone ?? "").Trim(), Rate = rate, Volume = volume.Value, From = MonthChoicePanel.Read(_from), Until = MonthChoicePanel.Read(_until),
            };
        }

        _errors = FieldErrors.Of<CustomRate>(new Outcome<CustomRate>.Invalid(
            [.. rate is null ? [new FieldError("Rate", "not_a_decimal", "Write digits with one decimal point, as in 0.00875.")] : Array.Empty<FieldError>(),
             .. volume is null ? [new FieldError("Volume", "not_a_decimal", "Write digits with one decimal point.")] : Array.Empty<FieldError>()]));
        return null;
    }

    private async Task AskAsync()
    {
        Turn();
        if (Wish() is not { } wish)
        {
            return;
        }

        var outcome = await changing.PreviewAsync(await current.GetAsync(), Id, wish, CancellationToken.None);
        _shown = (outcome as Outcome<CustomRateChange>.Done)?.Value;
        (_errors, _words) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "Nothing was added."));
    }

    private async Task AddAsync()
    {
        if (_shown is not { } shown || Wish() is not { } wish)
        {
            return;
        }

        var outcome = await changing.AddAsync(await current.GetAsync(), Id, wish, shown, CancellationToken.None);
        Turn();
        (_errors, _words) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "Nothing was added."));
        if (outcome is Outcome<CustomRate>.Done(var rate))
        {
            (_rate, _volume) = (null, null);
            await OnDone.InvokeAsync($"Custom rate {rate.Id.ToString(CultureInfo.InvariantCulture)} added: {RateText.Price(rate.Rate, View.Organization.Money, "")} for {RateRow.NameOf(rate.Service, rate.Ratezone)}, {rate.Months.ToString(CultureInfo.CurrentCulture)}.");
        }
    }
}
