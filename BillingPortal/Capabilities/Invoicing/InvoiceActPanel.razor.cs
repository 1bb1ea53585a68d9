using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Amounts;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>One act on an invoice: what it needs, what it would do, the act itself, and its receipt.</summary>
public sealed partial class InvoiceActPanel(
    SettlingInvoice settling, InvoicePrintPanel.Press press, CurrentCaller current, DraftKeeper drafts, TimeProvider clock, ILogger<InvoiceActPanel> log) : ComponentBase, IDisposable
{
    private MoneyAct<InvoiceActForm> _act = null!;
    private InvoiceActForm _form = new();
    private string? _amount;
    private Dictionary<int, string?> _lines = [];

    /// <summary>The invoice.</summary>
    [Parameter, EditorRequired]
    public InvoiceView View { get; set; } = default!;

    /// <summary>What is to be done.</summary>
    [Parameter, EditorRequired]
    public InvoiceAct Act { get; set; }

    /// <summary>Called when it was done: the page reads the invoice anew.</summary>
    [Parameter, EditorRequired]
    public Func<Task> OnDone { get; set; } = () => Task.CompletedTask;

    private OrganizationId Id => View.Invoice.Organization;

    private int Ordinal => View.Invoice.Ordinal;

    private string DraftKey => string.Create(CultureInfo.InvariantCulture, $"invoice/{Id}/{Ordinal}/{Act}");

    private string Path => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Id}/invoices/{Ordinal}");

    private FieldErrors Errors => _act.Kept is { } kept ? FieldErrors.Of(kept) : _act.Refusal is { } refusal ? FieldErrors.Of(refusal) : FieldErrors.None;

    private Creditable Left => new(View.Document, View.Credits);

    /// <inheritdoc />
    public void Dispose() => _act.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _form = Fresh();
        _amount = Plain(_form.Amount);
        _act = new(new LivePreview<InvoiceActForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log), CommitAsync, StateHasChanged, clock, log)
        {
            WithoutEntry = true,
            OnPosted = async _ =>
            {
                await drafts.ForgetAsync(DraftKey);
                await OnDone();
            },
        };
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        if (await drafts.FindAsync<InvoiceActForm>(DraftKey) is { } draft && draft.Act == Act)
        {
            _form = draft;
            _amount = Plain(draft.Amount);
            _lines = draft.Lines.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => int.Parse(pair[0], CultureInfo.InvariantCulture), pair => (string?)pair[1]);
        }

        if (_form.Errors().IsEmpty)
        {
            await _act.Live.AskNowAsync(_form);
        }
    }

    private InvoiceActForm Fresh() => new()
    {
        Act = Act,
        Amount = Act == InvoiceAct.Pay ? View.Of(View.Invoice.Outstanding).Units : null,
        To = Act == InvoiceAct.Send ? View.Document.Buyer.Email ?? "" : "",
    };

    private static string? Plain(decimal? units) => units?.ToString("0.######", CultureInfo.CurrentCulture);

    private async Task<Outcome<Preview>> PreviewAsync(InvoiceActForm form, string key, CancellationToken cancel) =>
        await settling.PreviewAsync(await current.GetAsync(), Id, Ordinal, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Store.Receipt>> CommitAsync(InvoiceActForm form, Agreement agreement, string key)
    {
        ReadOnlyMemory<byte>? pdf = null;
        if (form.Act == InvoiceAct.Send && press.Lacks is null)
        {
            if (await press.PrintAsync(View, CancellationToken.None) is not Outcome<byte[]>.Done(var paper))
            {
                return new Outcome<Store.Receipt>.Refused(new Refusal(RefusalCode.ProviderFailed, "The PDF could not be printed, so the mail was not sent. Try again."));
            }

            pdf = paper;
        }

        return await settling.CommitAsync(await current.GetAsync(), Id, Ordinal, form, agreement, key, pdf, CancellationToken.None);
    }

    private Task ReadAmountAsync(MoneyReading reading) => ChangeAsync(_form with { Amount = reading.Money?.Units });

    private Task ReadLineAsync(int line, string? text)
    {
        _lines[line] = text;
        return ChangeAsync(_form.With(line, MoneyReading.Read(text, View.Organization.Money, CultureInfo.CurrentCulture).Money?.Units));
    }

    private string? Problem(int line) => MoneyReading.Read(_lines.GetValueOrDefault(line), View.Organization.Money, CultureInfo.CurrentCulture).Problem;

    private async Task ChangeAsync(InvoiceActForm form)
    {
        _form = form;
        _act.Turn();
        if (form.Errors().IsEmpty)
        {
            _act.Live.Ask(form);
        }
        else
        {
            _act.Live.Clear();
        }

        await drafts.KeepAsync(DraftKey, form);
    }

    private string Words(InvoiceActForm form)
    {
        var (name, payer, culture) = (View.Title, View.Organization.Name, CultureInfo.CurrentCulture);
        return form.Act switch
        {
            InvoiceAct.Issue => $"Issue the invoice of {View.Of(View.Document.Total).ToString(culture)} to {payer}",
            InvoiceAct.Send => $"Send {name} to {form.To.Trim()}",
            InvoiceAct.Pay => $"Record {View.Of(Money.Of(form.Amount ?? 0, View.Organization.Money).Micros).ToString(culture)} paid for {name}",
            InvoiceAct.Credit => form.Whole ? $"Credit all that is left of {name}" : $"Credit {View.Of(form.Credited(View.Organization.Money).Sum(line => line.Net)).ToString(culture)} before tax of {name}",
            InvoiceAct.Void => $"Void {name}",
            _ => $"Give up {View.Of(View.Invoice.Outstanding).ToString(culture)} of {name}",
        };
    }

    private string Done(InvoiceActForm form) => form.Act switch
    {
        InvoiceAct.Issue => $"Issued {View.Title} to {View.Organization.Name}",
        InvoiceAct.Send => $"{View.Title} is on its way to {form.To.Trim()}",
        InvoiceAct.Pay => $"Recorded {View.Of(Money.Of(form.Amount ?? 0, View.Organization.Money).Micros).ToString(CultureInfo.CurrentCulture)} paid for {View.Title}",
        InvoiceAct.Credit => $"Credited part or all of {View.Title} by {View.Credits.LastOrDefault()?.Name ?? "a credit note"}",
        InvoiceAct.Void => $"Voided {View.Title}",
        _ => $"Gave up what was outstanding of {View.Title}",
    };
}
