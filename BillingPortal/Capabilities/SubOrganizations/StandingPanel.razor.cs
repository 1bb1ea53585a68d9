using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Disable, detach, hand over, and whose balance is used: asked once more each, and money only as previewed.</summary>
public sealed partial class StandingPanel(SetStanding standing, UsingParentBalance paying, CurrentCaller current) : ComponentBase
{
    private Act _asked;
    private OutcomeText? _words;
    private FieldErrors _errors = FieldErrors.None;
    private Preview? _preview;
    private string? _parent;
    private string _key = "";

    private enum Act { None, Disable, Enable, Detach, Move, Payer }

    /// <summary>The organization and what may be set.</summary>
    [Parameter, EditorRequired]
    public OrganizationSettings Settings { get; set; } = default!;

    /// <summary>Raised with what was done.</summary>
    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    private Organization Organization => Settings.Organization;

    private OrganizationId Id => new(Organization.Id);

    private bool WillUseParent => Organization.PayerId is null;

    /// <summary>What leaves each bucket.</summary>
    private IEnumerable<(AccountKind Bucket, Money Amount)> Moved => _preview is null ? [] : ChartOfAccounts.DrawOrder
        .Select(bucket => (bucket, new Money(_preview.Before[Id].BalanceOf(bucket) - _preview.After[Id].BalanceOf(bucket), Organization.Money))).Where(moved => !moved.Item2.IsZero);

    private string Title => _asked switch
    {
        Act.Disable => $"Disable {Organization.Name}?",
        Act.Enable => $"Enable {Organization.Name} again?",
        Act.Detach => $"Detach {Organization.Name}?",
        Act.Move => $"Hand {Organization.Name} over?",
        _ => WillUseParent ? "Use the parent's balance?" : $"Let {Organization.Name} pay for itself?",
    };

    private string Text => _asked switch
    {
        Act.Disable => "Charge requests are refused and nothing is recharged until it is enabled again. Usage that has happened is still recorded.",
        Act.Enable => "Charge requests are answered again.",
        Act.Detach => "It stands at the top from then on, with everything below it. People of the organization above no longer see it. What it was charged stays booked and invoiced where it was.",
        Act.Move => "It goes with everything below it. People of the organization above no longer see it, those of the new one do. What it was charged stays booked and invoiced where it was.",
        _ when _preview is null => "Being worked out…",
        _ => WillUseParent
            ? $"Its charges draw on {Settings.Parent?.Name}'s balance from then on; its own auto-recharge is switched off. Its own spending cap still holds."
            : "Its charges draw on its own balance from then on. What was moved to the parent stays there.",
    };

    private string Words => _asked switch
    {
        Act.Disable => $"Disable {Organization.Name}",
        Act.Enable => $"Enable {Organization.Name}",
        Act.Detach => $"Detach {Organization.Name}",
        Act.Move => string.IsNullOrWhiteSpace(_parent) ? "Hand over" : $"Hand over to {_parent.Trim()}",
        _ => WillUseParent ? $"Use the balance of {Settings.Parent?.Name}" : "Let it pay for itself",
    };

    private async Task AskAsync(Act act)
    {
        (_asked, _words, _errors, _preview, _key) = (act, null, FieldErrors.None, null, $"payer:{Guid.NewGuid():N}");
        if (act == Act.Payer)
        {
            var outcome = await paying.PreviewAsync(await current.GetAsync(), Id, WillUseParent, _key, CancellationToken.None);
            _preview = outcome is Outcome<Preview>.Done(var preview) ? preview : null;
            _words = OutcomeText.Of(outcome, "Nothing was changed.");
            _asked = _preview is null ? Act.None : act;
        }
    }

    private Task DoAsync() => _asked switch
    {
        Act.Disable => EndAsync(caller => standing.DisableAsync(caller, Id, disabled: true, CancellationToken.None), $"Disabled {Organization.Name}."),
        Act.Enable => EndAsync(caller => standing.DisableAsync(caller, Id, disabled: false, CancellationToken.None), $"Enabled {Organization.Name}."),
        Act.Detach => EndAsync(caller => standing.MoveAsync(caller, Id, parent: null, CancellationToken.None), $"Detached {Organization.Name}: it stands at the top."),
        Act.Move when long.TryParse(_parent?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            EndAsync(caller => standing.MoveAsync(caller, Id, new OrganizationId(number), CancellationToken.None), $"Handed {Organization.Name} over."),
        Act.Move => EndAsync(_ => Task.FromResult<Outcome<Profile>>(new Outcome<Profile>.Invalid([new FieldError("Parent", "invalid", "The organization's number, digits alone, as 10001.")])), ""),
        _ => EndAsync(caller => paying.CommitAsync(caller, Id, WillUseParent, _key, Agreement.To(_preview!), CancellationToken.None),
            WillUseParent ? $"{Organization.Name} uses the balance of {Settings.Parent?.Name}." : $"{Organization.Name} pays for itself."),
    };

    private async Task EndAsync<T>(Func<Caller, Task<Outcome<T>>> act, string done)
    {
        var outcome = await act(await current.GetAsync());
        _errors = FieldErrors.Of(outcome);
        _words = OutcomeText.Of(outcome, "Nothing was changed.");
        if (outcome is Outcome<T>.Done)
        {
            _asked = Act.None;
            await OnDone.InvokeAsync(done);
        }
        else if (outcome is Outcome<T>.Stale)
        {
            _asked = Act.None;
        }
    }
}
