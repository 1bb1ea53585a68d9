using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Identity;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>
/// Lets a person in by email and password. Every no is the same no, and takes about as long: whether an address is known, or its account
/// closed after too many attempts, is nobody else's business.
/// </summary>
public sealed partial class PasswordSignIn(IServiceScopeFactory scopes, ILogger<PasswordSignIn> log)
{
    /// <summary>The one no.</summary>
    public const string Refusal = "Email and password do not go together, or the account is closed for 15 minutes after five wrong attempts.";

    private static readonly string Decoy = new PasswordHasher<BillingUser>().HashPassword(new BillingUser(), "nobody has this password");

    /// <summary>True where the person is in: the response carries their cookie.</summary>
    public async Task<bool> RunAsync(string email, string password)
    {
        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<BillingUser>>();
        var user = await signIn.UserManager.FindByEmailAsync(email.Trim());
        if (user is null || await signIn.UserManager.IsLockedOutAsync(user))
        {
            // As long as a real check takes.
            signIn.UserManager.PasswordHasher.VerifyHashedPassword(user ?? new BillingUser(), Decoy, password);
            NotIn(log, user?.Id ?? "unknown address");
            return false;
        }

        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            In(log, user.Id);
        }
        else
        {
            NotIn(log, user.Id);
        }

        return result.Succeeded;
    }

    /// <summary>Ends this session.</summary>
    public async Task EndAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SignInManager<BillingUser>>().SignOutAsync();
    }

    [LoggerMessage(LogLevel.Information, "Signed in: {User}")]
    private static partial void In(ILogger log, string user);

    [LoggerMessage(LogLevel.Warning, "Sign-in refused: {User}")]
    private static partial void NotIn(ILogger log, string user);
}
