namespace BillingPortal.Domain.Ledger;

/// <summary>What kind of money event an entry records. The numbers are stored and hashed: never renumber, only append.</summary>
public enum EntryKind
{
    /// <summary>Usage charged, as a request or as a fact.</summary>
    Charge = 1,

    /// <summary>Usage credited back by the provider: a negative charge.</summary>
    ChargeCredit = 2,

    /// <summary>A person or a program with authority corrected a balance.</summary>
    Adjustment = 3,

    /// <summary>An earlier entry undone.</summary>
    Reversal = 4,

    /// <summary>Cash paid in, with its bonus.</summary>
    TopUp = 5,

    /// <summary>Credits granted.</summary>
    Grant = 6,

    /// <summary>Value moved between a reseller and a sub-organization: one of two linked entries.</summary>
    Transfer = 7,

    /// <summary>A card payment disputed: the money was withdrawn.</summary>
    Dispute = 8,

    /// <summary>A dispute won: the money came back.</summary>
    DisputeWon = 9,

    /// <summary>A period closed: what it came to is invoiced.</summary>
    Invoice = 10,

    /// <summary>An invoice paid.</summary>
    Payment = 11,

    /// <summary>Part of an issued invoice taken back.</summary>
    CreditNote = 12,

    /// <summary>An invoice that will not be collected.</summary>
    WriteOff = 13,

    /// <summary>Money paid back.</summary>
    Refund = 14,

    /// <summary>Credits that lapsed unused.</summary>
    Expiry = 15,

    /// <summary>A plan's fee, charged when it is due.</summary>
    Fee = 16,
}

/// <summary>Words for kinds.</summary>
public static class EntryKinds
{
    /// <summary>For people.</summary>
    public static string NameOf(EntryKind kind) => kind switch
    {
        EntryKind.ChargeCredit => "Charge credit",
        EntryKind.TopUp => "Top-up",
        EntryKind.DisputeWon => "Dispute won",
        EntryKind.CreditNote => "Credit note",
        EntryKind.WriteOff => "Write-off",
        _ => kind.ToString(),
    };

    /// <summary>For programs, exports and URLs.</summary>
    public static string CodeOf(EntryKind kind) => kind switch
    {
        EntryKind.ChargeCredit => "charge_credit",
        EntryKind.TopUp => "top_up",
        EntryKind.DisputeWon => "dispute_won",
        EntryKind.CreditNote => "credit_note",
        EntryKind.WriteOff => "write_off",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Kinds that people decide on, whose amounts count towards approval limits (rules §5).</summary>
    public static bool IsByHand(EntryKind kind) => kind is EntryKind.Adjustment or EntryKind.Reversal or EntryKind.CreditNote or EntryKind.WriteOff or EntryKind.Refund;

    /// <summary>Their numbers, as an index and the questions it answers must both list them.</summary>
    public const string ByHand = "3, 4, 12, 13, 14";

    /// <summary>The reason, in SQL, by which a top-up that a person entered is told from those that cards paid.</summary>
    public const string ToppedUpByHand = "'paid_in_by_hand'";

    /// <summary>What a person gave back by rating a month again, in SQL.</summary>
    public const string RatedDownByHand = "e.reason = 'usage_rated_again' AND e.kind = 2";
}
