using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Identity;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>
/// Changes one's own password. Every other session ends, since the security stamp changes with it; this one goes on. Wrong guesses at
/// the present password count as at sign-in: an unlocked screen is no way to try them all. Everyone may, whatever their roles; no token may.
/// </summary>
public sealed class ChangePassword(IServiceScopeFactory scopes) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOwnAccount;

    /// <summary>Changes it; invalid names <c>Current</c>, <c>New</c> or <c>Again</c>.</summary>
    public async Task<Outcome<bool>> RunAsync(Caller caller, string current, string next, string again)
    {
        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<BillingUser>>();
        if (caller.Scopes is not null || await signIn.UserManager.FindByIdAsync(caller.UserId) is not { } user)
        {
            return new Outcome<bool>.Refused(Access.Missing(Permission));
        }

        if (!string.Equals(next, again, StringComparison.Ordinal))
        {
            return Invalid("Again", "mismatch", "It is not the same as the new password.");
        }

        var check = await signIn.CheckPasswordSignInAsync(user, current, lockoutOnFailure: true);
        if (!check.Succeeded)
        {
            return Invalid("Current", "wrong", check.IsLockedOut ? "Too many wrong attempts. Wait 15 minutes." : "This is not your present password.");
        }

        var changed = await signIn.UserManager.ChangePasswordAsync(user, current, next);
        if (!changed.Succeeded)
        {
            return new Outcome<bool>.Invalid([.. changed.Errors.Select(error => new FieldError("New", error.Code, error.Description))]);
        }

        await signIn.RefreshSignInAsync(user);
        return new Outcome<bool>.Done(true);
    }

    private static Outcome<bool>.Invalid Invalid(string field, string code, string message) =>
        new(ImmutableArray.Create(new FieldError(field, code, message)));
}
