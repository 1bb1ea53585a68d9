namespace BillingPortal.Store.Rows;

/// <summary>A row of <c>ledger_head</c>, for reading. Times are UTC microseconds, here and below.</summary>
public sealed class HeadRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The last entry's number.</summary>
    public long Seq { get; set; }

    /// <summary>The last entry's hash.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>The latest effective time.</summary>
    public long HighEffectiveAt { get; set; }

    /// <summary>When the last entry was written.</summary>
    public long LastRecordedAt { get; set; }
}

/// <summary>A row of <c>account</c>, for reading.</summary>
public sealed class AccountRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Its key: kind + 100 × lot.</summary>
    public int Account { get; set; }

    /// <summary>Its kind's number.</summary>
    public int Kind { get; set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; set; } = "";

    /// <summary>Millionths.</summary>
    public long Balance { get; set; }

    /// <summary>When what is left lapses.</summary>
    public long? ExpiresAt { get; set; }
}

/// <summary>A row of <c>journal_entry</c>, for reading.</summary>
public sealed class EntryRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>Its number.</summary>
    public long Seq { get; set; }

    /// <summary>The kind's number.</summary>
    public int Kind { get; set; }

    /// <summary>The reason's code.</summary>
    public string Reason { get; set; } = "";

    /// <summary>A person's words.</summary>
    public string Comment { get; set; } = "";

    /// <summary>Who.</summary>
    public string Actor { get; set; } = "";

    /// <summary>The way they came.</summary>
    public string Via { get; set; } = "";

    /// <summary>What was used.</summary>
    public string Service { get; set; } = "";

    /// <summary>How the figures came about, JSON.</summary>
    public string Detail { get; set; } = "";

    /// <summary>The billing period, as 202409.</summary>
    public int Period { get; set; }

    /// <summary>When it took effect.</summary>
    public long EffectiveAt { get; set; }

    /// <summary>When it was written.</summary>
    public long RecordedAt { get; set; }

    /// <summary>True when something with a later effect was written before it.</summary>
    public bool Late { get; set; }

    /// <summary>The key it was asked for with.</summary>
    public string IdempotencyKey { get; set; } = "";

    /// <summary>SHA-256 of what was asked.</summary>
    public byte[] RequestHash { get; set; } = [];

    /// <summary>The chain's hash before it.</summary>
    public byte[] PrevHash { get; set; } = [];

    /// <summary>SHA-256 over its canonical form.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>The entry it undoes.</summary>
    public long? ReversesSeq { get; set; }

    /// <summary>Shared by the entries of a transfer.</summary>
    public string? TransferId { get; set; }

    /// <summary>What it changed on the customer's side.</summary>
    public long NetAmount { get; set; }

    /// <summary>The customer's side after it.</summary>
    public long NetAfter { get; set; }
}

/// <summary>A row of <c>posting</c>, for reading.</summary>
public sealed class PostingRow
{
    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The account's key.</summary>
    public int Account { get; set; }

    /// <summary>The entry's number.</summary>
    public long Seq { get; set; }

    /// <summary>Millionths.</summary>
    public long Amount { get; set; }

    /// <summary>The account's balance after it.</summary>
    public long BalanceAfter { get; set; }

    /// <summary>The entry's effective time.</summary>
    public long EffectiveAt { get; set; }

    /// <summary>The entry's lateness.</summary>
    public bool Late { get; set; }
}
