using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>One's own tokens, newest first, and the scopes that one can give.</summary>
public sealed class ListTokens(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <summary>More than anyone keeps in order; older ones are left out.</summary>
    public const int Most = 200;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOwnTokens;

    /// <summary>Reads them.</summary>
    public async Task<Outcome<OwnTokens>> RunAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return new Outcome<OwnTokens>.Refused(Access.Missing(Permission));
        }

        var now = Instant.Now(clock);
        var rows = await store.ApiTokens.AsNoTracking().Where(token => token.UserId == caller.UserId)
            .OrderByDescending(token => token.Id).Take(Most).ToListAsync(cancel);
        return new Outcome<OwnTokens>.Done(new OwnTokens(
            [.. rows.Select(row => new OwnToken(
                row.Id, row.Name, row.LastFour, [.. row.Scopes.Split(' ')], new Instant(row.CreatedAt), At(row.ExpiresAt), At(row.LastUsedAt), At(row.RevokedAt))
            {
                IsExpired = row.ExpiresAt <= now.Micros,
            })],
            [.. PermissionNames.Scopes.Where(scope => CreateToken.MayGive(access, scope))]));
    }

    private static Instant? At(long? micros) => micros is { } value ? new Instant(value) : null;
}

/// <summary>What a person has and can have.</summary>
/// <param name="Tokens">Their tokens, newest first.</param>
/// <param name="Scopes">The scopes that they can give.</param>
public sealed record OwnTokens(ImmutableArray<OwnToken> Tokens, ImmutableArray<string> Scopes);

/// <summary>One token, as its owner sees it.</summary>
/// <param name="Id">Its number; entries made with it say <c>token:ID</c>.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="LastFour">Its last four characters.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="LastUsedAt">When it last opened a door, to the minute.</param>
/// <param name="RevokedAt">When it was revoked.</param>
public sealed record OwnToken(
    long Id, string Name, string LastFour, ImmutableArray<string> Scopes, Instant CreatedAt, Instant? ExpiresAt, Instant? LastUsedAt, Instant? RevokedAt)
{
    /// <summary>True where its time is over.</summary>
    public bool IsExpired { get; init; }

    /// <summary>True where it opens something.</summary>
    public bool IsLive => RevokedAt is null && !IsExpired;
}
