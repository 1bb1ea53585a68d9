using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store;

/// <summary>Enters people and their roles: for the demo, the command line and tests. Each call works in a scope of its own.</summary>
public sealed class PeopleRegister(IServiceScopeFactory scopes, IDbContextFactory<BillingStore> stores)
{
    /// <summary>Enters a person; the answer is their id. Invalid names <c>Email</c> or <c>Password</c>; a taken email is refused.</summary>
    public async Task<Outcome<string>> AddAsync(NewPerson person, CancellationToken cancel)
    {
        if (!IsEmail(person.Email))
        {
            return new Outcome<string>.Invalid([new FieldError("Email", "invalid", $"'{person.Email}' is not an email address.")]);
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BillingUser>>();
        var user = new BillingUser
        {
            UserName = person.Email,
            Email = person.Email,
            EmailConfirmed = true,
            DisplayName = person.Name,
            PlatformRole = person.PlatformRole?.Code,
            Demo = person.Demo,
        };
        var entered = await users.CreateAsync(user, person.Password);
        if (!entered.Succeeded)
        {
            return Refusal(entered, person.Email);
        }

        foreach (var (organization, role) in person.Memberships)
        {
            await JoinAsync(user.Id, organization, role, cancel);
        }

        return new Outcome<string>.Done(user.Id);
    }

    /// <summary>The id of the person with this email, in any case; null where there is none.</summary>
    public async Task<string?> FindAsync(string email, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var normalised = scope.ServiceProvider.GetRequiredService<ILookupNormalizer>().NormalizeEmail(email.Trim());
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await store.Users.Where(user => user.NormalizedEmail == normalised).Select(user => user.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Gives a person a role in an organization, in place of the one they had there.</summary>
    public async Task JoinAsync(string userId, OrganizationId organization, Role role, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var membership = await store.Memberships.FindAsync([userId, organization.Value], cancel);
        if (membership is null)
        {
            membership = new Membership { UserId = userId, OrganizationId = organization.Value };
            store.Memberships.Add(membership);
        }

        membership.Role = role.Code;
        await store.SaveChangesAsync(cancel);
    }

    /// <summary>One <c>@</c> with something before it and a dot-free or dotted name behind it, no spaces: mail itself is the real test.</summary>
    private static bool IsEmail(string text) => text.Length <= 254 && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace) && !text.Any(char.IsControl);

    private static Outcome<string> Refusal(IdentityResult result, string email) =>
        result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName))
            ? new Outcome<string>.Refused(new Refusal(RefusalCode.Taken, $"{email} signs in here already.", "Email"))
            : new Outcome<string>.Invalid([.. result.Errors.Select(error => new FieldError(
                error.Code.StartsWith("Password", StringComparison.Ordinal) ? "Password" : "Email", error.Code, error.Description))]);
}

/// <summary>Somebody who is to sign in.</summary>
/// <param name="Email">Signs in with it; unique in any case.</param>
/// <param name="Password">At least ten characters.</param>
/// <param name="Name">For people.</param>
public sealed record NewPerson(string Email, string Password, string Name)
{
    /// <summary>Their role on the platform; null for people of organizations.</summary>
    public Role? PlatformRole { get; init; }

    /// <summary>Their roles in organizations.</summary>
    public ImmutableArray<(OrganizationId Organization, Role Role)> Memberships { get; init; } = [];

    /// <summary>True for people of the demo, with whom production does not start.</summary>
    public bool Demo { get; init; }
}
