using System.Globalization;
using System.Text;
using BillingPortal.Domain.Ledger;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace BillingPortal.E2E.Journeys;

/// <summary>A provider's bill: the FOCUS project's sample where it lies beside the repository, else a small one of the same shape.</summary>
internal static class Bill
{
    private const string Header =
        "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName,SubAccountId,SubAccountName";

    /// <summary>Imports it as finance does, by the page.</summary>
    public static async Task ImportAsync(IPage finance)
    {
        await new SigningIn(finance).AsAsync(DemoPeople.Finance, "/imports");
        var imports = new UsageImports(finance);
        await imports.ReadAsync(new FilePayload { Name = "bill.csv", MimeType = "text/csv", Buffer = await ReadAsync() });
        await imports.PublishAsync();
        await Assertions.Expect(imports.Receipt).ToContainTextAsync("Posted");
    }

    /// <summary>The imported organization that owes most and whose name no other begins with, and what it owes in millionths.</summary>
    public static async Task<(long Number, string Name, long Owed)> LargestDebtorAsync(IServiceProvider services)
    {
        await using var store = await services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        var debtors = await store.Accounts.Where(account => account.Account == (int)AccountKind.UnbilledReceivable && account.Balance < 0)
            .Join(store.Organizations.Where(organization => organization.ParentId != null), account => account.OrganizationId, organization => organization.Id,
                (account, organization) => new { organization.Id, organization.Name, account.Balance })
            .OrderBy(row => row.Balance).ToListAsync();
        var names = await store.Organizations.Select(organization => organization.Name).ToListAsync();
        var chosen = debtors.First(row => names.Count(name => name.StartsWith(row.Name, StringComparison.OrdinalIgnoreCase)) == 1);
        return (chosen.Id, chosen.Name, -chosen.Balance);
    }

    private static async Task<byte[]> ReadAsync()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "focus-1.0-sample.csv");
            if (File.Exists(path))
            {
                return await File.ReadAllBytesAsync(path);
            }
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 9).Select(account => string.Create(CultureInfo.InvariantCulture,
            $"{account}.2500005,1000,SunBird,USD,2024-09-01 00:00:00,2024-09-18 22:00:00,AWS,Compute,{account},Atlas {account}")).Prepend(Header)));
    }
}
