using BillingPortal.Domain.Access;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>Fills an empty store with the demo at the first start in Development, and gives the demo's reseller its administrator.</summary>
public sealed class DemoDataStep(IHostEnvironment environment, DemoData data, PeopleRegister people) : IStartStep
{
    /// <inheritdoc />
    public int Order => 20;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancel)
    {
        if (environment.IsDevelopment()
            && await data.FillAsync(cancel) is { } reseller
            && await people.FindAsync(DemoPeople.Reseller.Email, cancel) is { } person)
        {
            await people.JoinAsync(person, reseller, Role.Admin, cancel);
        }
    }
}
