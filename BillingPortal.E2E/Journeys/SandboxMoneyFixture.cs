using BillingPortal.Capabilities.Recharges;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.E2E.Journeys;

/// <summary>
/// The portal with its sandbox of a payment provider, on a Thursday in the middle of a month, and with no job that runs by itself: the engine takes
/// a step when a journey says so. The demo's reseller is known to the provider's bills.
/// </summary>
public sealed class SandboxMoneyFixture : PortalFixture
{
    /// <summary>The reseller's number.</summary>
    public const long Reseller = 10_001;

    /// <summary>The billing account under which its usage is delivered.</summary>
    public const string Account = "7000";

    public SandboxMoneyFixture(TestDatabases databases)
        : base(databases) => Clock.AdvanceToThursdayInMidMonth();

    /// <summary>The organization of that name.</summary>
    public async Task<long> NumberOfAsync(string name)
    {
        await using var store = await Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        return await store.Organizations.Where(organization => organization.Name == name).Select(organization => organization.Id).SingleAsync();
    }

    /// <summary>The identifier that programs use for it.</summary>
    public async Task<Guid> UuidOfAsync(long number)
    {
        await using var store = await Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        return await store.Organizations.Where(organization => organization.Id == number).Select(organization => organization.Uuid).SingleAsync();
    }

    /// <summary>Pays so many units in, by bank transfer.</summary>
    public async Task PayInAsync(long number, int units, DateTimeOffset at) => (await Services.GetRequiredService<JournalWriter>().RunAsync(
        new TopUp(Actor.System("bank"), $"bank:{number}:{at.UtcTicks}", new OrganizationId(number)) { Amount = units * Money.Unit, PaidAt = Instant.From(at) },
        Agreement.OfProgram, CancellationToken.None)).ShouldBeOfType<Outcome<Receipt>.Done>();

    /// <summary>Has the engine take every due recharge one step on; gives how often the organization's card was asked for money by that.</summary>
    public async Task<int> FlyAsync(long number)
    {
        var before = await AttemptsAsync(number);
        await Services.GetRequiredService<RechargeExecutor>().RunAsync(CancellationToken.None);
        return await AttemptsAsync(number) - before;
    }

    /// <inheritdoc />
    protected override Task<IReadOnlyDictionary<string, string?>> SettingsAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?> { ["Jobs:Enabled"] = "false" });

    /// <inheritdoc />
    protected override async Task PrepareAsync()
    {
        await using var store = await Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        await store.Organizations.Where(organization => organization.Id == Reseller)
            .ExecuteUpdateAsync(change => change.SetProperty(o => o.Provider, "SunBird").SetProperty(o => o.BillingAccountId, Account).SetProperty(o => o.SubAccountId, ""));
    }

    private async Task<int> AttemptsAsync(long number)
    {
        await using var store = await Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        return await store.RechargeIntents.Where(intent => intent.OrganizationId == number).SumAsync(intent => intent.Attempt);
    }
}
