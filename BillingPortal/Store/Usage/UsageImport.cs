using System.Collections.Immutable;
using System.Text.Json;
using BillingPortal.Domain;

namespace BillingPortal.Store.Usage;

/// <summary>How far an import came. The numbers are stored: never renumber.</summary>
public enum UsageImportState
{
    /// <summary>Its file is being read; nothing of it is visible.</summary>
    Staging = 1,

    /// <summary>Its file is read and valid; it waits to be published.</summary>
    Staged = 2,

    /// <summary>Its charges are posted.</summary>
    Published = 3,

    /// <summary>It equals what was delivered before; nothing was posted.</summary>
    Unchanged = 4,

    /// <summary>Its file has errors; nothing was posted.</summary>
    Refused = 5,

    /// <summary>A person stopped it; nothing was posted.</summary>
    Cancelled = 6,

    /// <summary>Whoever read it ended half-way, or nobody published it in time; nothing was posted.</summary>
    Abandoned = 7,
}

/// <summary>An import as the list of imports shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">How far it came.</param>
/// <param name="FileName">The file's name as uploaded.</param>
/// <param name="Actor">Who: an actor's id.</param>
/// <param name="StartedAt">When its file began to be read.</param>
/// <param name="EndedAt">When it reached its last state; null before.</param>
/// <param name="Rows">Data rows read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Summary">What it came to.</param>
public sealed record UsageImport(
    long Id, UsageImportState State, string FileName, string Actor, Instant StartedAt, Instant? EndedAt, long Rows, long Bytes, UsageSummary Summary);

/// <summary>What an import comes to.</summary>
public sealed record UsageSummary
{
    /// <summary>Nothing yet.</summary>
    public static readonly UsageSummary None = new();

    /// <summary>Billing accounts in the file.</summary>
    public int Resellers { get; init; }

    /// <summary>Sub-accounts in the file.</summary>
    public int SubOrganizations { get; init; }

    /// <summary>Organizations that it creates.</summary>
    public int NewOrganizations { get; init; }

    /// <summary>Journal entries that it posts.</summary>
    public int Entries { get; init; }

    /// <summary>Organizations that it posts entries to.</summary>
    public int OrganizationsCharged { get; init; }

    /// <summary>Posted and carried, a currency once; never added up over currencies.</summary>
    public ImmutableArray<UsageSums> Sums { get; init; } = [];

    /// <summary>Months that were delivered before and change, as in <c>AWS 1234 2024-09</c>.</summary>
    public ImmutableArray<string> Replaced { get; init; } = [];

    /// <summary>Errors found in the file.</summary>
    public int Errors { get; init; }

    /// <summary>True where reading ended before all errors were found.</summary>
    public bool MayBeMoreErrors { get; init; }

    /// <summary>As the store keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static UsageSummary FromJson(string json) => JsonSerializer.Deserialize<UsageSummary>(json) ?? None;
}

/// <summary>Sums of one currency as exact decimals, for people, files and programs alike.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Posted">What is posted.</param>
/// <param name="Carried">What the services in the file carry afterwards.</param>
public sealed record UsageSums(string Currency, string Posted, string Carried);

/// <summary>A row error as the store keeps it for the report.</summary>
/// <param name="Row">The row, the header being 1; null where it concerns the file.</param>
/// <param name="Column">The column, if it is about one.</param>
/// <param name="Value">The beginning of what stands there.</param>
/// <param name="Reason">The reason, in words for a person.</param>
public sealed record UsageError(long? Row, string? Column, string? Value, string Reason);
