using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>The catalogue: every version that is sold, to come or still had by somebody, and the coupons. For finance.</summary>
public sealed partial class CataloguePage(GetCatalogue catalogue, MakingCoupon making, CurrentCaller current, ILogger<CataloguePage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<CatalogueSheet>> _sheet = null!;
    private CouponForm _form = new();
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private Coupon? _made;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _sheet = new(async cancel => await catalogue.RunAsync(await current.GetAsync(), cancel), StateHasChanged, log);
        await _sheet.RunAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _sheet?.Dispose();

    private static bool IsShown(CatalogueSheet sheet, PlanVersion version) =>
        sheet.InForce(version.Code)?.Number == version.Number || version.From > sheet.Now || sheet.On(version) > 0;

    private async Task MakeAsync()
    {
        var outcome = await making.RunAsync(await current.GetAsync(), _form, CancellationToken.None);
        (_errors, _words, _made) = (FieldErrors.Of(outcome), outcome is Outcome<Coupon>.Invalid ? new OutcomeText(NoteKind.Bad, "No coupon was made.", "What is marked is not right yet.") : OutcomeText.Of(outcome, "No coupon was made."), (outcome as Outcome<Coupon>.Done)?.Value);
        if (_made is not null)
        {
            _form = new CouponForm();
            await _sheet.RunAsync();
        }
    }
}
