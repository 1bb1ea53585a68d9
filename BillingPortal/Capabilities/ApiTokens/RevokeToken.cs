using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>Ends one of one's own tokens, at once and for good. Its line stays: entries name it.</summary>
public sealed class RevokeToken(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageOwnTokens;

    /// <summary>Ends it; ending it again changes nothing. The answer is when it ended.</summary>
    public async Task<Outcome<Instant>> RunAsync(Caller caller, long id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!(await Access.ReadAsync(store, caller, cancel)).MaySomewhere(Permission))
        {
            return new Outcome<Instant>.Refused(Access.Missing(Permission));
        }

        var token = await store.ApiTokens.FirstOrDefaultAsync(t => t.Id == id && t.UserId == caller.UserId, cancel);
        if (token is null)
        {
            return new Outcome<Instant>.NotFound("The token");
        }

        token.RevokedAt ??= Instant.Now(clock).Micros;
        await store.SaveChangesAsync(cancel);
        return new Outcome<Instant>.Done(new Instant(token.RevokedAt.Value));
    }
}
