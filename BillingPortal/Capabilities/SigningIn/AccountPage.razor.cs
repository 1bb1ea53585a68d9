using BillingPortal.Domain;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>One's own account: roles, password, sessions. Drawn by the server alone, since it gives and takes cookies.</summary>
public sealed partial class AccountPage(
    CurrentCaller current, GetOwnAccount getAccount, ChangePassword changePassword, EndSessions endSessions, NavigationManager navigation) : ComponentBase
{
    private OwnAccount? _account;
    private OutcomeText? _words;
    private FieldErrors _errors = FieldErrors.None;
    private bool _changed;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm? Form { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() =>
        _account = await getAccount.RunAsync(await current.GetAsync(), Http.RequestAborted) is Outcome<OwnAccount>.Done done ? done.Value : null;

    private async Task ChangeAsync()
    {
        var outcome = await changePassword.RunAsync(await current.GetAsync(), Form?.Current ?? "", Form?.New ?? "", Form?.Again ?? "");
        _changed = outcome is Outcome<bool>.Done;
        _words = OutcomeText.Of(outcome, "Your password was not changed.");
        _errors = FieldErrors.Of(outcome);
    }

    private async Task EndAsync()
    {
        var outcome = await endSessions.RunAsync(await current.GetAsync());
        if (outcome is Outcome<bool>.Done)
        {
            navigation.NavigateTo("/sign-in");
        }

        _words = OutcomeText.Of(outcome, "You are still signed in everywhere.");
    }

    /// <summary>What is typed.</summary>
    private sealed class PasswordForm
    {
        public string? Current { get; set; }

        public string? New { get; set; }

        public string? Again { get; set; }
    }
}
