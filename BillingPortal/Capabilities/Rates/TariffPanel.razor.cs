using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Rates;

/// <summary>The tariff that an organization has, and for finance another one.</summary>
public sealed partial class TariffPanel(ManagingTariffs managing, CurrentCaller current) : ComponentBase
{
    private ImmutableArray<TariffRate> _rates = [];
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private string? _from;
    private long _tariff;

    /// <summary>Whose rates.</summary>
    [Parameter, EditorRequired]
    public RatesView View { get; set; } = default!;

    /// <summary>Tells what was done.</summary>
    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    private string Aside => View.Tariff is { IsStandard: true } ? $"the standard tariff in {View.Organization.Currency}" : $"in {View.Organization.Currency}";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _rates = View.Tariff is not { } tariff ? []
            : [.. View.Book.TariffRates.Where(rate => rate.Tariff == tariff.Id && rate.Months.Contains(View.Month)).OrderBy(rate => rate.Service, StringComparer.Ordinal).ThenBy(rate => rate.Ratezone, StringComparer.Ordinal)];
        _from ??= View.Month.Next.Number.ToString(CultureInfo.InvariantCulture);
        _tariff = _tariff == 0 ? View.Tariff?.Id ?? View.Tariffs.FirstOrDefault()?.Id ?? 0 : _tariff;
    }

    private async Task ChooseAsync()
    {
        var month = MonthChoicePanel.Read(_from) ?? View.Month;
        var outcome = await managing.ChooseAsync(await current.GetAsync(), new OrganizationId(View.Organization.Id), _tariff, month, CancellationToken.None);
        (_errors, _words) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "Nothing was changed."));
        if (outcome is Outcome<Tariff>.Done(var tariff))
        {
            await OnDone.InvokeAsync($"Tariff {tariff.Name} from {month.ToString(CultureInfo.CurrentCulture)}.");
        }
    }
}
