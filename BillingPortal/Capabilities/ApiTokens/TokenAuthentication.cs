using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using BillingPortal.Domain;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>
/// Reads <c>Authorization: Bearer</c> (RFC 6750). The principal names the owner, the token and its scopes; what the owner may do is read by
/// each command. Where the token opens nothing, the reason stands among the request's features as <see cref="TokenRejection"/>.
/// </summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    IDbContextFactory<BillingStore> stores, TokenUses uses, TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = CallerClaims.TokenScheme;

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var sent = Request.Headers.Authorization;
        if (sent.Count == 0)
        {
            Context.Features.Set(new TokenRejection(TokenFailure.Missing));
            return AuthenticateResult.NoResult();
        }

        if (sent.Count != 1 || !StartsWithScheme(sent[0]!) || sent[0]![SchemeName.Length..].Trim() is not { } text || !TokenText.IsShaped(text))
        {
            return Reject(TokenFailure.Unknown);
        }

        var hash = TokenText.Hash(text);
        await using var store = await stores.CreateDbContextAsync(Context.RequestAborted);
        var found = await store.ApiTokens.AsNoTracking().Where(token => token.Hash == hash)
            .Join(store.Users, token => token.UserId, user => user.Id, (token, user) => new { Token = token, user.LockoutEnd })
            .FirstOrDefaultAsync(Context.RequestAborted);
        if (found is null || !SameHash(found.Token.Hash, hash))
        {
            return Reject(TokenFailure.Unknown);
        }

        var now = Instant.Now(clock).Micros;
        return found switch
        {
            { Token.RevokedAt: not null } => Reject(TokenFailure.Revoked),
            { Token.ExpiresAt: { } end } when end <= now => Reject(TokenFailure.Expired),
            _ when BillingUser.IsClosed(found.LockoutEnd) => Reject(TokenFailure.OwnerClosed),
            _ => Accept(found.Token),
        };
    }

    /// <summary>A bare 401; whoever stands before the endpoint gives it its contract's body.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = (Context.Features.Get<TokenRejection>()?.Failure ?? TokenFailure.Missing) switch
        {
            TokenFailure.Missing => SchemeName,
            TokenFailure.Expired => $"{SchemeName} error=\"invalid_token\", error_description=\"The token expired\"",
            TokenFailure.Revoked => $"{SchemeName} error=\"invalid_token\", error_description=\"The token was revoked\"",
            _ => $"{SchemeName} error=\"invalid_token\"",
        };
        return Task.CompletedTask;
    }

    private static bool StartsWithScheme(string header) => header.StartsWith(SchemeName + " ", StringComparison.OrdinalIgnoreCase);

    /// <summary>In time that does not depend on where they differ.</summary>
    private static bool SameHash(string stored, string computed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored), Encoding.ASCII.GetBytes(computed));

    private AuthenticateResult Reject(TokenFailure failure)
    {
        Context.Features.Set(new TokenRejection(failure));
        return AuthenticateResult.Fail("The token opens nothing.");
    }

    private AuthenticateResult Accept(ApiToken token)
    {
        uses.Note(token.Id);
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, token.UserId),
                new Claim(CallerClaims.Token, token.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                .. token.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scope => new Claim(CallerClaims.Scope, scope)),
            ], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
