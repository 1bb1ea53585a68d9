using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web.Amounts;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>The fields of a transfer.</summary>
public sealed partial class TransferFormPanel(NavigationManager navigation) : ComponentBase
{
    /// <summary>The parties.</summary>
    [Parameter, EditorRequired]
    public TransferDesk Desk { get; set; } = default!;

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public TransferForm Form { get; set; } = new();

    /// <summary>The amount as typed.</summary>
    [Parameter]
    public string AmountText { get; set; } = "";

    /// <summary>By which name those below were found.</summary>
    [Parameter]
    public string Named { get; set; } = "";

    /// <summary>Raised with every change.</summary>
    [Parameter]
    public EventCallback<TransferForm> FormChanged { get; set; }

    /// <summary>Raised with every keystroke in the amount.</summary>
    [Parameter]
    public EventCallback<string> AmountTextChanged { get; set; }

    /// <summary>What is wrong, by field.</summary>
    [Parameter]
    public FieldErrors Errors { get; set; } = FieldErrors.None;

    /// <summary>Asks for the preview at once: Enter in a field never posts.</summary>
    [Parameter]
    public EventCallback OnAsk { get; set; }

    private OrganizationId Own => Desk.Own.Id;

    private bool Receives => Form.To == Own;

    private OrganizationId? Other => Receives ? Form.From : Form.To;

    private string? OtherHelp => Desk.Find(Other) switch
    {
        { UsesParentBalance: true } => "It uses its parent’s balance: it can give what it still holds, and receives nothing.",
        { IsParent: true } => "The organization above.",
        _ => null,
    };

    private string BucketHelp => Desk.Find(Form.From) is { } giver
        ? $"{giver.Name} holds {Desk.HeldBy(giver.Id, Form.Bucket).ToString(CultureInfo.CurrentCulture)}."
        : "Monthly credits belong to a plan and stay.";

    private Task ChangeAsync(TransferForm form) => FormChanged.InvokeAsync(form);

    private Task TypedAsync(string? text) => AmountTextChanged.InvokeAsync(text ?? "");

    private Task ReadAsync(MoneyReading reading) => ChangeAsync(Form with { Amount = reading.Money?.Units });

    private Task TurnAsync(bool receives) => ChangeAsync(receives ? Form with { From = Other, To = Own } : Form with { From = Own, To = Other });

    private Task ChooseAsync(ChangeEventArgs change)
    {
        var other = long.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new OrganizationId(number) : (OrganizationId?)null;
        return ChangeAsync(Receives ? Form with { From = other } : Form with { To = other });
    }

    private Task ChooseBucketAsync(ChangeEventArgs change) =>
        ChangeAsync(Form with { Bucket = TransferBalance.Buckets.FirstOrDefault(kind => ChartOfAccounts.CodeOf(kind) == change.Value as string, AccountKind.Cash) });

    /// <summary>Reads the page anew: what is found stands in the address.</summary>
    private void FindAsync(ChangeEventArgs change) => navigation.NavigateTo(
        $"/organizations/{Own}/transfer?find={Uri.EscapeDataString(change.Value as string ?? "")}", forceLoad: true);
}
