using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>Makes a token that acts for the caller. Nobody can give a scope that they lack, and no token can make another.</summary>
public sealed class CreateToken(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOwnTokens;

    /// <summary>Makes it. The token's text is in this answer and nowhere else.</summary>
    public async Task<Outcome<NewToken>> RunAsync(Caller caller, TokenForm form, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return new Outcome<NewToken>.Refused(Access.Missing(Permission));
        }

        var now = Instant.Now(clock);
        if (form.Errors(now).ToList() is { Count: > 0 } errors)
        {
            return new Outcome<NewToken>.Invalid([.. errors]);
        }

        if (form.Scopes.FirstOrDefault(scope => !MayGive(access, scope)) is { } lacking)
        {
            return new Outcome<NewToken>.Refused(new Refusal(RefusalCode.Forbidden, $"You lack the scope {lacking} yourself.", nameof(TokenForm.Scopes)));
        }

        var text = TokenText.New();
        var token = new ApiToken
        {
            UserId = caller.UserId,
            Name = form.Name.Trim(),
            Hash = TokenText.Hash(text),
            LastFour = text[^4..],
            Scopes = string.Join(' ', form.Scopes.Distinct(StringComparer.Ordinal)),
            CreatedAt = now.Micros,
            ExpiresAt = form.ExpiresAt?.Micros,
        };
        store.ApiTokens.Add(token);
        await store.SaveChangesAsync(cancel);
        return new Outcome<NewToken>.Done(new NewToken(token.Id, token.Name, text));
    }

    /// <summary>True where the caller holds somewhere what <paramref name="scope"/> opens.</summary>
    public static bool MayGive(Access access, string scope) => Enum.GetValues<Permission>()
        .Any(permission => string.Equals(PermissionNames.ScopeOf(permission), scope, StringComparison.Ordinal) && access.MaySomewhere(permission));
}

/// <summary>A token just made.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Text">The token itself, shown once.</param>
public sealed record NewToken(long Id, string Name, string Text);
