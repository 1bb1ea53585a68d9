using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Rating;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Rates;

/// <summary>The platform's tariffs with their rates, and the VAT rates that hold today.</summary>
public sealed partial class TariffsPage(ListTariffs listing, ManagingTariffs managing, CurrentCaller current, TimeProvider clock, ILogger<TariffsPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<TariffList>> _tariffs = null!;
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private string? _done, _name;
    private string _currency = "EUR";
    private bool _standard;

    /// <summary>The tariff whose rates are shown.</summary>
    [SupplyParameterFromQuery]
    public long? Tariff { get; set; }

    private IEnumerable<VatRate> Vat => VatRates.All.Where(rate => rate.HoldsOn(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)))
        .OrderBy(rate => rate.Country, StringComparer.Ordinal).ThenByDescending(rate => rate.BasisPoints);

    /// <inheritdoc />
    public void Dispose() => _tariffs.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _tariffs = new(async cancel => await listing.RunAsync(await current.GetAsync(), Tariff, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => _tariffs.RunAsync();

    private async Task AddAsync()
    {
        var outcome = await managing.AddAsync(await current.GetAsync(), _name ?? "", _currency, _standard, CancellationToken.None);
        (_errors, _words, _done) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "Nothing was entered."), null);
        if (outcome is Outcome<Tariff>.Done(var tariff))
        {
            (_name, _standard) = (null, false);
            Tariff = tariff.Id;
            await DoneAsync($"Tariff {tariff.Name} in {tariff.Currency} entered.");
        }
    }

    private async Task DoneAsync(string words)
    {
        _done = words;
        await _tariffs.RunAsync();
        StateHasChanged();
    }
}
