using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>One valid row of a FOCUS file, reduced to what is charged and for whom.</summary>
/// <param name="Number">The row as a spreadsheet numbers it, the header being 1.</param>
/// <param name="Group">Whose use of what, in which month.</param>
/// <param name="Amount">The row's billed cost, exactly.</param>
/// <param name="Currency">The billing currency.</param>
/// <param name="ChargedAt">The charge period's start.</param>
/// <param name="BillingAccountName">The billing account's name; its id where the file gives none.</param>
/// <param name="SubAccountName">The sub-account's name, its id where the file gives none, null where there is no sub-account.</param>
public sealed record FocusRow(
    long Number, UsageGroup Group, ExactAmount Amount, Currency Currency, Instant ChargedAt, string BillingAccountName, string? SubAccountName)
{
    /// <summary>
    /// SHA-256 over what the row charges, written in one form: 0.50 and 0.5, or a date with and without Z, are the same row. Names and
    /// columns that do not bear on the charge are left out, so a renamed account is not a changed bill. Equal rows of one file are told apart by
    /// their count.
    /// </summary>
    public byte[] Fingerprint() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', // no value holds one: the reader refuses control characters
        Group.Who.Provider,
        Group.Who.BillingAccountId,
        Group.Who.SubAccountId is { } sub ? "=" + sub : "",
        Group.Service,
        Group.Period.Number.ToString(CultureInfo.InvariantCulture),
        ChargedAt.Micros.ToString(CultureInfo.InvariantCulture),
        Amount.ToString(),
        Currency.Code)));
}
