using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>What moved a prepaid balance, usage aside, newest first. Page and type stand in the address.</summary>
public sealed partial class TransactionsPanel(ListBalanceTransactions listing, CurrentCaller current, ILogger<TransactionsPanel> log) : ComponentBase, IDisposable
{
    private const int Rows = 20;

    private Fetching<Outcome<BalanceTransactionsRead>> _page = default!;
    private (OrganizationId, string?, string?, PrepaidBalance?) _shown;

    /// <summary>Whose.</summary>
    [Parameter, EditorRequired]
    public OrganizationId Organization { get; set; }

    /// <summary>The zone of its times.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Which page, from 1.</summary>
    [Parameter]
    public string? Page { get; set; }

    /// <summary>Which type; empty for all.</summary>
    [Parameter]
    public string? Type { get; set; }

    /// <summary>The balance as it is shown; another one is read again.</summary>
    [Parameter]
    public PrepaidBalance? Balance { get; set; }

    private static IEnumerable<(int? Type, string Name)> Types => [(null, "All"), .. PrepaidTransactions.Given.Select(type => ((int?)type.Id, type.Name))];

    private int? Wanted => int.TryParse(Type, NumberStyles.None, CultureInfo.InvariantCulture, out var type) && PrepaidTransactions.Find(PrepaidTransactions.Types, type) is not null ? type : null;

    private int At => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1;

    /// <inheritdoc />
    public void Dispose() => _page.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _page = new(async cancel =>
        await listing.RunAsync(await current.GetAsync(), Organization, Wanted is { } type ? [type] : [], (false, true), At, Rows, cancel), StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Organization, Page, Type, Balance);
        if (_shown != wanted)
        {
            _shown = wanted;
            await _page.RunAsync();
        }
    }

    private static string PaymentOf(BalanceTransaction row) => (row.PaymentOption?.Name, row.Reference) switch
    {
        (null, null) => row.Comment,
        ({ } option, null) => option,
        (null, { } reference) => reference,
        var (option, reference) => $"{option}, {reference}",
    };

    private static string Said(BalanceTransactionsRead page) => page.Total == 0 ? "No rows"
        : string.Create(CultureInfo.CurrentCulture, $"{((page.Page - 1) * Rows) + 1:N0} to {((page.Page - 1) * Rows) + page.Rows.Count:N0} of {page.Total:N0}");

    private string Href(int page, int? type) => string.Create(CultureInfo.InvariantCulture,
        $"/organizations/{Organization}/prepaid-balance{(page, type) switch { (1, null) => "", (_, null) => $"?page={page}", (1, _) => $"?type={type}", _ => $"?page={page}&type={type}" }}");
}
