using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.TaxRegisters;
using BillingPortal.Web;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>How the tax number stands with its register, and “Check again”.</summary>
public sealed partial class TaxStandingPanel(CheckTaxNumber checking, CurrentCaller current) : ComponentBase
{
    private string? _said;
    private bool _asking;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public DetailsSheet Sheet { get; set; } = null!;

    /// <summary>Told when the register was asked.</summary>
    [Parameter]
    public EventCallback OnChecked { get; set; }

    private TaxStanding Tax => Sheet.Stored.Tax;

    private bool CanBeVerified => Sheet.Stored.Details.TaxId is { } number && DetailsChange.CanBeVerified(number, Sheet.Stored.Details.TaxIdType);

    private (State Is, string Word)? Look => Tax.Status switch
    {
        TaxStatus.Pending => (State.Waiting, "Pending"),
        TaxStatus.Verified => (State.Done, "Verified"),
        TaxStatus.Unverified => (State.NotChecked, "Unverified"),
        TaxStatus.Unavailable => (State.Unknown, "Unavailable"),
        _ => null,
    };

    private string Words => Tax.Status switch
    {
        TaxStatus.Pending or TaxStatus.Unavailable when Sheet.Register is null => "No register of tax numbers is connected to this portal, so it was not verified. That says nothing about the number.",
        TaxStatus.Pending => $"The number is new: {Sheet.Register} is asked within a minute.",
        TaxStatus.Verified => $"{Sheet.Register ?? "The register"} has it.",
        TaxStatus.Unverified when CanBeVerified => $"{Sheet.Register ?? "The register"} does not have it. Invoices are made out all the same.",
        TaxStatus.Unverified => "No register answers for numbers of this kind, so nobody has verified it. Invoices are made out all the same.",
        TaxStatus.Unavailable => $"{Sheet.Register} could not be asked and is asked again every hour. That says nothing about the number.",
        _ => "There is no tax number.",
    };

    /// <summary>A number that was changed meanwhile has nothing to do with what was said about the one before.</summary>
    private async Task CheckAsync()
    {
        if (_asking)
        {
            return;
        }

        _asking = true;
        try
        {
            var outcome = await checking.RunAsync(await current.GetAsync(), new OrganizationId(Sheet.Organization.Id), CancellationToken.None);
            _said = outcome.Match(
                done: answer => answer is TaxRegisterAnswer.Silent silent ? silent.Reason : null,
                invalid: errors => errors[0].Message,
                refused: refusal => refusal.Message,
                needsApproval: _ => null,
                unknown: reason => reason,
                notFound: what => what,
                stale: reason => reason);
        }
        finally
        {
            _asking = false;
        }

        await OnChecked.InvokeAsync();
    }
}
