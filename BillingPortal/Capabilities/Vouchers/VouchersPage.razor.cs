using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Vouchers;

/// <summary>The vouchers: issued, listed with who redeemed them, withdrawn after asking. For finance.</summary>
public sealed partial class VouchersPage(ListVouchers vouchers, IssuingVoucher issuing, CurrentCaller current, ILogger<VouchersPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<VoucherList>> _list = null!;
    private VoucherForm _form = new();
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private Voucher? _issued;
    private ListedVoucher? _asked;
    private string? _shown = "";

    /// <summary>Behind which voucher the part of the list begins.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    /// <inheritdoc />
    public void Dispose() => _list.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _list = new(async cancel => await vouchers.RunAsync(await current.GetAsync(), Before, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Before)
        {
            _shown = Before;
            await _list.RunAsync();
        }
    }

    private static (State State, string Word) Look(ListedVoucher row, Instant now) =>
        row.Voucher.Withdrawn ? (State.Revoked, "Withdrawn")
        : row.Redeemed >= row.Voucher.Limit ? (State.Done, "Used up")
        : row.Voucher.ExpiresAt <= now ? (State.Expired, "Expired")
        : (State.Active, "Can be redeemed");

    private async Task IssueAsync()
    {
        var outcome = await issuing.IssueAsync(await current.GetAsync(), _form, CancellationToken.None);
        (_errors, _words, _issued, _asked) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "No voucher was issued."), (outcome as Outcome<Voucher>.Done)?.Value, null);
        if (_issued is not null)
        {
            _form = new VoucherForm();
            await _list.RunAsync();
        }
    }

    private async Task WithdrawAsync()
    {
        if (_asked is not { } asked)
        {
            return;
        }

        (_asked, _issued) = (null, null);
        _words = OutcomeText.Of(await issuing.WithdrawAsync(await current.GetAsync(), asked.Voucher.Id, CancellationToken.None), "Nothing was withdrawn.");
        await _list.RunAsync();
    }
}
