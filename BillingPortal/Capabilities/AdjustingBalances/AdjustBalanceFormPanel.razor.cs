using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Web.Amounts;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>The fields of an adjustment, and what it would leave of today's limits.</summary>
public sealed partial class AdjustBalanceFormPanel : ComponentBase
{
    /// <summary>The organization, and what the caller may do there.</summary>
    [Parameter, EditorRequired]
    public AdjustedOrganization About { get; set; } = default!;

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public AdjustBalanceForm Form { get; set; } = new();

    /// <summary>The amount as typed.</summary>
    [Parameter]
    public string AmountText { get; set; } = "";

    /// <summary>Raised with every change.</summary>
    [Parameter]
    public EventCallback<AdjustBalanceForm> FormChanged { get; set; }

    /// <summary>Raised with every keystroke in the amount.</summary>
    [Parameter]
    public EventCallback<string> AmountTextChanged { get; set; }

    /// <summary>What is wrong, by field.</summary>
    [Parameter]
    public FieldErrors Errors { get; set; } = FieldErrors.None;

    /// <summary>What it would do, where it would be done.</summary>
    [Parameter]
    public Preview? Preview { get; set; }

    /// <summary>Asks for the preview at once: Enter in a field never posts.</summary>
    [Parameter]
    public EventCallback OnAsk { get; set; }

    private string BucketHelp => (Form.Bucket, About.MayRaiseCash) switch
    {
        (AccountKind.Cash, true) => "Support may not raise cash. You may.",
        (AccountKind.Cash, false) => "You may take cash away, not raise it. Finance may.",
        (AccountKind.Overdraft, false) => "Forgiving an overdraft is for finance.",
        (AccountKind.Monthly, _) => "Drawn first; what is left lapses with the plan’s period.",
        (AccountKind.Promotional, _) => "Drawn after monthly credits.",
        (AccountKind.Bonus, _) => "Drawn after cash, never refunded.",
        _ => "Drawn in this order: monthly, promotional, cash, bonus.",
    };

    private string EffectiveHelp => "Empty means when you confirm." + (About.Organization.ClosedUntil is { } closed
        ? $" Not before {Web.Parts.TimeText.Write(new Instant(closed), About.Organization.Zone, Web.Parts.TimeForm.Date)}."
        : "");

    private string Today
    {
        get
        {
            var size = Preview!.Effects.OfType<Effect.Post>().Sum(post => post.Entry.Size);
            var limit = About.Limit.ToString(CultureInfo.CurrentCulture);
            var words = (long moved) => new Money(moved + size, About.Ledger.Currency).ToString(CultureInfo.CurrentCulture);
            return $"Today you: {words(Preview.Facts.MovedByActor)} of {limit}. {About.Organization.Name}: {words(Preview.Facts.MovedInOrganization)} of {limit}.";
        }
    }

    private Task ChangeAsync(AdjustBalanceForm form) => FormChanged.InvokeAsync(form);

    private Task TypedAsync(string? text) => AmountTextChanged.InvokeAsync(text ?? "");

    private Task ReadAsync(MoneyReading reading) => ChangeAsync(Form with { Amount = reading.Money?.Units });

    private Task ChooseBucketAsync(ChangeEventArgs change) => ChangeAsync(Form with
    {
        Bucket = int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var kind) ? (AccountKind)kind : null,
    });

    private Task SetTimeAsync(DateTime? local) => ChangeAsync(Form with { EffectiveAt = local });
}
