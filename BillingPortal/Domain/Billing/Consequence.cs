using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>A line in a recharge's flight record.</summary>
/// <param name="Code">The provider's code or a word of the portal's; empty for none.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Via">How it was learnt: <c>engine</c>, <c>gateway</c>, <c>webhook</c>, or a person's way.</param>
public sealed record RechargeStep(string Code, string Message, string Via);

/// <summary>What people are told, and of what.</summary>
/// <param name="Kind">A word of <see cref="NoticeKind"/>.</param>
/// <param name="Level">The cap's level in percent; 0 for what has none.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">What happened and what to do.</param>
/// <param name="Link">The page about it, below the organization's own: as in <c>billing</c>; empty for the organization itself.</param>
/// <param name="At">When.</param>
public sealed record Notice(string Kind, int Level, string Title, string Text, string Link, Instant At);

/// <summary>What decisions read of the organization itself.</summary>
/// <param name="Disabled">Switched off by a person.</param>
/// <param name="AllowOverdraft">Requests may go into overdraft.</param>
/// <param name="Payer">Whose ledger pays; null for its own.</param>
/// <param name="Parent">Its reseller; null at the top.</param>
/// <param name="ChargingModel">Whether later charges are paid before or after (rules §8).</param>
public sealed record Configuration(bool Disabled, bool AllowOverdraft, OrganizationId? Payer, OrganizationId? Parent, ChargingModel ChargingModel)
{
    /// <summary>As it stands.</summary>
    public static Configuration Of(LedgerState state) => new(state.Disabled, state.AllowOverdraft, state.Payer, state.Parent, state.ChargingModel);
}

/// <summary>A card as a decision leaves it.</summary>
/// <param name="Id">Its number: <see cref="IdOf"/> of provider and method.</param>
public sealed record CardChange(long Id)
{
    /// <summary>What a new card is; null where it is on file already.</summary>
    public NewCard? New { get; init; }

    /// <summary>Not charged any more.</summary>
    public bool Inactive { get; init; }

    /// <summary>When it last failed; null where its last charge went through.</summary>
    public Instant? FailedAt { get; init; }

    /// <summary>Why, for a person.</summary>
    public string? FailedMessage { get; init; }

    /// <summary>Taken away.</summary>
    public bool Removed { get; init; }

    /// <summary>A card's number in the store, reckoned from the provider's id, so that entering it twice is entering it once.</summary>
    public static long IdOf(string provider, string method) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(provider + ":" + method))) & long.MaxValue;
}

/// <summary>A card that is entered: what may be known of it.</summary>
/// <param name="Provider">The gateway.</param>
/// <param name="Customer">The provider's id of the customer.</param>
/// <param name="Method">The provider's id of the card.</param>
/// <param name="Brand">As in <c>visa</c>.</param>
/// <param name="Last4">Four digits.</param>
/// <param name="ExpiryMonth">1 to 12.</param>
/// <param name="ExpiryYear">Four digits.</param>
public sealed record NewCard(string Provider, string Customer, string Method, string Brand, string Last4, int ExpiryMonth, int ExpiryYear);

/// <summary>A dispute as a decision leaves it.</summary>
/// <param name="Provider">The gateway.</param>
/// <param name="Id">The provider's id.</param>
/// <param name="PaymentId">The provider's id of the payment.</param>
/// <param name="Amount">Millionths withdrawn.</param>
/// <param name="Status"><c>open</c>, <c>won</c> or <c>lost</c>.</param>
public sealed record DisputeChange(string Provider, string Id, string PaymentId, long Amount, string Status)
{
    /// <summary>Millionths of it that were taken from bonus: where it is won they are bonus again, not cash that could be refunded.</summary>
    public long Bonus { get; init; }
}
