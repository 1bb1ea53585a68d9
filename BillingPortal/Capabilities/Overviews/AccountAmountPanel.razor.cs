using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>A bucket's amount; opened, the last postings that made it, read only then.</summary>
public sealed partial class AccountAmountPanel(GetAccountStory stories, CurrentCaller current, ILogger<AccountAmountPanel> log) : ComponentBase, IDisposable
{
    private Fetching<AccountStory> _postings = null!;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public OrganizationOverview Seen { get; set; } = default!;

    /// <summary>The bucket.</summary>
    [Parameter, EditorRequired]
    public AccountKind Kind { get; set; }

    /// <summary>True in a column, whose decimal points align.</summary>
    [Parameter]
    public bool Slot { get; set; }

    private Money Amount => Seen.BalanceOf(Kind);

    /// <inheritdoc />
    public void Dispose() => _postings.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _postings = new(ReadAsync, StateHasChanged, log);

    private async Task<AccountStory?> ReadAsync(CancellationToken cancel) =>
        await stories.RunAsync(await current.GetAsync(), new OrganizationId(Seen.Organization.Id), Kind, cancel) is Outcome<AccountStory>.Done { Value: { Postings.IsEmpty: false } story }
            ? story
            : null;
}
