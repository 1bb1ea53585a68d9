using BillingPortal.Domain;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>Enters the demo's people in Development; refuses to start anywhere else while they are there, since everyone knows their password.</summary>
public sealed class DemoPeopleStep(IHostEnvironment environment, PeopleRegister people, IDbContextFactory<BillingStore> stores) : IStartStep
{
    /// <inheritdoc />
    public int Order => 10;

    /// <inheritdoc />
    public Task RunAsync(CancellationToken cancel) => environment.IsDevelopment() ? EnterAsync(cancel) : RefuseAsync(cancel);

    private async Task EnterAsync(CancellationToken cancel)
    {
        foreach (var person in DemoPeople.All)
        {
            if (await people.FindAsync(person.Email, cancel) is null)
            {
                var entered = await people.AddAsync(
                    new NewPerson(person.Email, DemoPeople.Password, person.Name) { PlatformRole = person.PlatformRole, Demo = true }, cancel);

                // A second node may have entered them in the same moment.
                if (entered is not (Outcome<string>.Done or Outcome<string>.Refused { Refusal.Code: RefusalCode.Taken }))
                {
                    throw new InvalidOperationException($"{person.Email} of the demo could not be entered: {entered}");
                }
            }
        }
    }

    private async Task RefuseAsync(CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var there = await store.Users.Where(user => user.Demo).OrderBy(user => user.Email).Select(user => user.Email).ToListAsync(cancel);
        if (there.Count > 0)
        {
            throw new StartRefusedException(
                $"The portal does not start in {environment.EnvironmentName} with the demo's accounts in its database: {string.Join(", ", there)}. "
                + "Their password is public. Use a database of its own (ConnectionStrings__Billing) and make the first account with create-admin.");
        }
    }
}
