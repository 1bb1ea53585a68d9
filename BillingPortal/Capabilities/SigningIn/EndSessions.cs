using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Identity;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>Signs a person out everywhere: the security stamp changes, and every cookie and circuit ends within a minute. API tokens stay.</summary>
public sealed class EndSessions(IServiceScopeFactory scopes) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOwnAccount;

    /// <summary>Ends them all, this one at once.</summary>
    public async Task<Outcome<bool>> RunAsync(Caller caller)
    {
        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<BillingUser>>();
        if (caller.Scopes is not null || await signIn.UserManager.FindByIdAsync(caller.UserId) is not { } user)
        {
            return new Outcome<bool>.Refused(Access.Missing(Permission));
        }

        var changed = await signIn.UserManager.UpdateSecurityStampAsync(user);
        if (!changed.Succeeded)
        {
            return new Outcome<bool>.Stale("Your account was changed at the same moment. Try again.");
        }

        await signIn.SignOutAsync();
        return new Outcome<bool>.Done(true);
    }
}
