using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Rates;

/// <summary>Adds an inclusive volume or a data package.</summary>
public sealed partial class AddAllowancePanel(ChangingAllowances changing, CurrentCaller current) : ComponentBase
{
    private const int MonthsAhead = 36;

    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private bool _package;
    private string? _name, _price, _service, _ratezone, _volume, _from, _until;

    /// <summary>Whose rates.</summary>
    [Parameter, EditorRequired]
    public RatesView View { get; set; } = default!;

    /// <summary>Tells what was done.</summary>
    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    private IEnumerable<BillingPeriod> Months => MonthChoicePanel.From(View.Month, MonthsAhead);

    private string PriceHelp => View.Organization.Money.Digits == 0 ? "Whole units." : $"At most {View.Organization.Money.Digits.ToString(CultureInfo.CurrentCulture)} decimals.";

    /// <inheritdoc />
    protected override void OnInitialized() => _from = View.Month.Number.ToString(CultureInfo.InvariantCulture);

    private async Task AddAsync()
    {
        var kind = _package ? AllowanceKind.Package : AllowanceKind.Volume;
        var outcome = await changing.AddAsync(await current.GetAsync(), new OrganizationId(View.Organization.Id), kind, new AllowanceWish
        {
            Name = _package ? _name ?? "" : "",
            Price = _package ? MinorUnits(RateText.Read(_price)) : null,
            Service = _service ?? "",
            Ratezone = (_ratezone ?? "").Trim(),
            Volume = RateText.Read(_volume),
            From = MonthChoicePanel.Read(_from),
            Until = MonthChoicePanel.Read(_until),
        }, CancellationToken.None);
        (_errors, _words) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "Nothing was added."));
        if (outcome is Outcome<Allowance>.Done(var made))
        {
            (_name, _price, _volume) = (null, null, null);
            await OnDone.InvokeAsync($"{(_package ? $"Data package “{made.Name}”" : $"Inclusive volume {made.Id.ToString(CultureInfo.InvariantCulture)}")} added: {RateText.Number(made.Volume)} of {RateRow.NameOf(made.Service, made.Ratezone)} a month, {made.Months.ToString(CultureInfo.CurrentCulture)}.");
        }
    }

    /// <summary>The price in whole minor units; null where it is none.</summary>
    private long? MinorUnits(ExactAmount? price)
    {
        try
        {
            return price is { } amount && amount.IsWithin(View.Organization.Money.Digits) ? amount.RoundHalfEven() / View.Organization.Money.MinorUnit : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
