using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>Importing usage, in the words of a finance administrator.</summary>
public sealed class UsageImports(IPage page) : PortalPage(page)
{
    private const string Header =
        "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName,SubAccountId,SubAccountName";

    /// <summary>What publishing does, or did.</summary>
    public ILocator Receipt => Page.GetByRole(AriaRole.Status, new() { Name = "Receipt" });

    /// <summary>The rows that cannot be meant.</summary>
    public ILocator Errors => Table("Errors");

    /// <summary>What would change, by organization and month.</summary>
    public ILocator Changes => Table("Changes");

    /// <summary>Opens the list of imports.</summary>
    public Task OpenAsync() => OpenAsync("/imports");

    /// <summary>Chooses and reads a file of these rows: cost and sub-account.</summary>
    public async Task ReadAsync(string name, params (string Cost, string Sub)[] rows)
    {
        var text = string.Join('\n', rows.Select(row =>
            $"{row.Cost},1000,SunBird,USD,2024-09-01 00:00:00,2024-09-18 22:00:00,AWS,Compute,{row.Sub},Atlas {row.Sub}").Prepend(Header));
        await ReadAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
    }

    /// <summary>Chooses and reads a bill for one sub-account of a billing account: what each service cost, and when.</summary>
    public Task ReadBillAsync(string name, string account, string sub, params (DateTimeOffset At, string Service, string Cost)[] rows)
    {
        var text = string.Join('\n', rows.Select(row => string.Create(CultureInfo.InvariantCulture,
            $"{row.Cost},{account},Bill,USD,{row.At:yyyy-MM}-01 00:00:00,{row.At:yyyy-MM-dd HH}:00:00,SunBird,{row.Service},{sub},{sub}")).Prepend(Header));
        return ReadAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
    }

    /// <summary>Chooses and reads a file.</summary>
    public async Task ReadAsync(FilePayload file)
    {
        await Page.GetByLabel("Usage file").SetInputFilesAsync(file);
        await Button(new Regex($"^Read {Regex.Escape(file.Name)}", RegexOptions.None, TimeSpan.FromSeconds(1))).ClickAsync();
    }

    /// <summary>Posts what was shown.</summary>
    public Task PublishAsync() => Button(new Regex("^Post [0-9,]+ entr", RegexOptions.None, TimeSpan.FromSeconds(1))).ClickAsync();

    /// <summary>Does what the button says.</summary>
    public Task DoAsync(string act) => Button(act).ClickAsync();
}
