using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Vouchers;

/// <summary>Where an organization's people redeem a voucher: previewed, added once, with a receipt.</summary>
public sealed partial class RedeemVoucherPage(RedeemingVoucher redeeming, CurrentCaller current, TimeProvider clock, ILogger<RedeemVoucherPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<RedeemDesk>> _desk = null!;
    private MoneyAct<RedeemForm> _act = null!;
    private string _code = "";

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private OrganizationId Id => new(Number);

    private FieldErrors Errors => _act.Refusal is { } refusal ? FieldErrors.Of(refusal) : FieldErrors.None;

    /// <inheritdoc />
    public void Dispose()
    {
        _desk.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        _act = new(new LivePreview<RedeemForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log), CommitAsync, StateHasChanged, clock, log)
        {
            OnPosted = _ =>
            {
                _code = "";
                return Task.CompletedTask;
            },
        };
        _desk = new(async cancel => await redeeming.OpenAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);
        return _desk.RunAsync();
    }

    private static string Given(Preview preview, RedeemDesk desk) =>
        new Money(preview.Entries[0].Postings.Where(posting => posting.Account.Kind == AccountKind.Promotional).Sum(posting => posting.Amount), desk.Organization.Money).ToString(CultureInfo.CurrentCulture);

    private void Type(string? code)
    {
        _code = code ?? "";
        _act.Turn();
        if (_code.Trim().Length == 0)
        {
            _act.Live.Clear();
        }
        else
        {
            _act.Live.Ask(new RedeemForm(_code.Trim()));
        }
    }

    private Task AskAsync() => _code.Trim().Length == 0 ? Task.CompletedTask : _act.Live.AskNowAsync(new RedeemForm(_code.Trim()));

    private async Task<Outcome<Preview>> PreviewAsync(RedeemForm form, string key, CancellationToken cancel) => await redeeming.PreviewAsync(await current.GetAsync(), Id, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(RedeemForm form, Agreement agreement, string key) =>
        await redeeming.CommitAsync(await current.GetAsync(), Id, form, agreement, key, CancellationToken.None);
}
