using System.Collections.Immutable;
using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.Vouchers;

/// <summary>A voucher as it is typed.</summary>
public sealed record VoucherForm
{
    /// <summary>The longest note.</summary>
    public const int LongestNote = 200;

    /// <summary>The most redemptions.</summary>
    public const int MostRedemptions = 100_000;

    /// <summary>Capitals and digits that are not mistaken for each other.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>The code; empty for one that is made.</summary>
    public string Code { get; init; } = "";

    /// <summary>What each redemption gives, as in "25.00".</summary>
    public string Amount { get; init; } = "";

    /// <summary>Of which currency, ISO 4217.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The last day on which it can be redeemed, UTC, as 2026-12-31; empty for no end.</summary>
    public string Until { get; init; } = "";

    /// <summary>How many organizations can redeem it.</summary>
    public string Limit { get; init; } = "1";

    /// <summary>Whose it is; empty for anybody's.</summary>
    public string Email { get; init; } = "";

    /// <summary>The number of the only organization that can redeem it; empty for any.</summary>
    public string Organization { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Note { get; init; } = "";

    /// <summary>The voucher that it means, or what is wrong, all of it at once. Whether there is such an organization is asked elsewhere.</summary>
    public Outcome<Voucher> Read(Instant now)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var code = Code.Trim().Length == 0 ? RandomNumberGenerator.GetString(Letters, 16) : Voucher.Normalise(Code);
        Check(code is null, nameof(Code), $"must be {Voucher.ShortestCode} to {Voucher.LongestCode} letters and digits; hyphens and blanks do not count.");
        var currency = Domain.Currency.TryOf(Currency.Trim().ToUpperInvariant(), out var known) ? known : (Currency?)null;
        Check(currency is null, nameof(Currency), "must be a currency of ISO 4217.");
        var good = decimal.TryParse(Amount.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units is > 0 and <= 1_000_000;
        Check(!good || (currency is { } kept && units * Money.Unit % kept.MinorUnit != 0), nameof(Amount), "must be above zero, at most 1,000,000, with the currency's decimals, as in 25.00.");
        Check(!int.TryParse(Limit.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > MostRedemptions, nameof(Limit), "must be a whole number from 1 to 100,000.");
        DateOnly day = default;
        Check(Until.Trim().Length > 0 && !DateOnly.TryParseExact(Until.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day), nameof(Until), "must be a day, as in 2026-12-31.");
        Instant? ends = day == default || day == DateOnly.MaxValue ? null : Instant.From(new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        Check(ends <= now, nameof(Until), "lies in the past.");
        var email = Email.Trim().ToLowerInvariant();
        Check(email.Length > 254 || (email.Length > 0 && !MailAddress.TryCreate(email, out _)), nameof(Email), "must be an email address.");
        long only = 0;
        Check(Organization.Trim().Length > 0 && !long.TryParse(Organization.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out only), nameof(Organization), "must be an organization's number, as in 10001.");
        var note = Note.Trim();
        Check(note.Length is 0 or > LongestNote || note.Any(char.IsControl), nameof(Note), $"must be 1 to {LongestNote} characters: whoever redeems it reads it.");
        return errors.Count > 0 ? new Outcome<Voucher>.Invalid(errors.ToImmutable())
            : new Outcome<Voucher>.Done(new Voucher(Guid.NewGuid().ToString("D"), code!, Money.Of(units, currency!.Value), limit)
            {
                ExpiresAt = ends,
                Email = email.Length == 0 ? null : email,
                Organization = only == 0 ? null : new(only),
                Note = note,
            });

        void Check(bool wrong, string field, string message)
        {
            if (wrong)
            {
                errors.Add(new FieldError(field, "not_accepted", message));
            }
        }
    }
}
