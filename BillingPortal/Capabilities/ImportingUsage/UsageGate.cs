using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Asks the store, at each call, whether a caller may import usage: a matter of the whole platform, since a file creates organizations.</summary>
public sealed class UsageGate(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>What each command of this room asks for.</summary>
    public static Permission Permission => Permission.ImportUsage;

    /// <summary>Runs <paramref name="act"/> where the caller may.</summary>
    public async Task<Outcome<T>> PassAsync<T>(Caller caller, Func<Task<Outcome<T>>> act, CancellationToken cancel)
    {
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            var access = await Access.ReadAsync(store, caller, cancel);
            if (!access.MayOnPlatform(Permission))
            {
                return new Outcome<T>.Refused(Access.Missing(Permission));
            }
        }

        return await act();
    }
}
