using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Promotional credits that whoever holds its code can redeem, once for each organization, until it expires, is withdrawn or used up. Its terms never
/// change after it was issued.
/// </summary>
/// <param name="Id">Its id for programs, a UUID.</param>
/// <param name="Code">Normalised (<see cref="Normalise"/>).</param>
/// <param name="Amount">What each redemption gives.</param>
/// <param name="Limit">How many organizations can redeem it, at least 1.</param>
public sealed record Voucher(string Id, string Code, Money Amount, int Limit)
{
    /// <summary>The shortest and the longest code. Shorter ones would be guessed.</summary>
    public const int ShortestCode = 8, LongestCode = 40;

    /// <summary>The first moment at which it cannot be redeemed any more; null for never.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>Whose it is, by email, in small letters; null for anybody's.</summary>
    public string? Email { get; init; }

    /// <summary>The only organization that can redeem it; null for any.</summary>
    public OrganizationId? Organization { get; init; }

    /// <summary>True where finance took it back. What was redeemed before stays.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>What it is for, in the issuer's words; stands on the entry, so whoever redeems it reads it.</summary>
    public string Note { get; init; } = "";

    /// <summary>The code as it is kept: capitals and digits, without the blanks and hyphens that people type; null where it can be none.</summary>
    public static string? Normalise(string? typed)
    {
        var code = (typed ?? "").Replace(" ", "").Replace("-", "").ToUpperInvariant();
        return code.Length is >= ShortestCode and <= LongestCode && code.All(char.IsAsciiLetterOrDigit) ? code : null;
    }

    /// <summary>The code as people read it: in groups of four.</summary>
    public static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));

    /// <summary>Whether this organization can redeem it now, asked by somebody with this email, after so many others did.</summary>
    public bool CanBeRedeemed(OrganizationId organization, Currency currency, string? email, int redemptions, Instant now) =>
        !Withdrawn && (ExpiresAt is not { } end || now < end) && redemptions < Limit && Amount.Currency == currency
        && (Organization is not { } only || only == organization) && (Email is null || string.Equals(Email, email?.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>Which voucher a command is about.</summary>
/// <param name="Organization">Who wants it.</param>
/// <param name="Code">Its normalised code.</param>
public sealed record VoucherNeeded(OrganizationId Organization, string Code);

/// <summary>What a decision about a voucher must see. Held until the transaction ends, so that no two take its last redemption.</summary>
/// <param name="Voucher">The voucher; null where there is none.</param>
/// <param name="Redemptions">How many organizations redeemed it.</param>
/// <param name="RedeemedBefore">True where this organization is one of them.</param>
public sealed record VoucherFacts(Voucher? Voucher, int Redemptions, bool RedeemedBefore);
