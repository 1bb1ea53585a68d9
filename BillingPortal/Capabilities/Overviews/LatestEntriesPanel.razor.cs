using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>The newest entries of an organization's journal.</summary>
public sealed partial class LatestEntriesPanel(GetLatestEntries latest, CurrentCaller current, ILogger<LatestEntriesPanel> log) : ComponentBase, IDisposable
{
    private Fetching<List<LatestEntry>> _entries = null!;
    private OrganizationOverview? _read;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public OrganizationOverview Seen { get; set; } = default!;

    /// <inheritdoc />
    public void Dispose() => _entries.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _entries = new(ReadAsync, StateHasChanged, log);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_read, Seen))
        {
            _read = Seen;
            await _entries.RunAsync();
        }
    }

    private async Task<List<LatestEntry>?> ReadAsync(CancellationToken cancel) =>
        (await latest.RunAsync(await current.GetAsync(), new OrganizationId(Seen.Organization.Id), cancel)).Match<List<LatestEntry>?>(
            done: entries => [.. entries], invalid: _ => null, refused: _ => null, needsApproval: _ => null, unknown: _ => null, notFound: _ => null, stale: _ => null);

    private string Link(long seq) => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Seen.Organization.Id}/journal/{seq}");

    private static string WhatOf(JournalLine line) => (line.Service, line.ReversesSeq, line.Comment) switch
    {
        (_, { } undoes, _) => string.Create(CultureInfo.InvariantCulture, $"Undoes {undoes}") + (line.Comment.Length > 0 ? ": " + line.Comment : ""),
        ({ Length: > 0 } service, _, _) => service,
        (_, _, { Length: > 0 } comment) => $"{ReasonOf(line)}: {comment}",
        _ => ReasonOf(line),
    };

    private static string ReasonOf(JournalLine line) => ReasonCode.Find(line.Reason)?.Name ?? line.Reason;
}
