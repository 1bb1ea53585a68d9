using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Reads the fields of one record into a row, naming every field that cannot be meant.</summary>
/// <param name="header">Where the columns stand.</param>
/// <param name="errors">Where errors go.</param>
public sealed class FocusFields(FocusHeader header, RowErrors errors)
{
    /// <summary>Longest identifier, name or service.</summary>
    public const int MaxText = 200;

    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd",
    ];

    private bool _valid;
    private long _row;

    /// <summary>The row of this <paramref name="record"/>, or null where a field is wrong.</summary>
    public FocusRow? Read(long row, Func<int, string> record)
    {
        (_row, _valid) = (row, true);
        string Raw(FocusColumn column) => record(header[column]).Trim();

        var provider = Required(FocusColumn.ProviderName, Raw(FocusColumn.ProviderName));
        var account = Required(FocusColumn.BillingAccountId, Raw(FocusColumn.BillingAccountId));
        var sub = Optional(FocusColumn.SubAccountId, Raw(FocusColumn.SubAccountId));
        var service = Required(FocusColumn.ServiceName, Raw(FocusColumn.ServiceName));
        var accountName = Optional(FocusColumn.BillingAccountName, Raw(FocusColumn.BillingAccountName)) ?? account;
        var subName = sub is null ? null : Optional(FocusColumn.SubAccountName, Raw(FocusColumn.SubAccountName)) ?? sub;
        var amount = Amount(Raw(FocusColumn.BilledCost));
        var currency = CurrencyOf(Raw(FocusColumn.BillingCurrency));
        var period = Period(Raw(FocusColumn.BillingPeriodStart));
        var chargedAt = Date(FocusColumn.ChargePeriodStart, Raw(FocusColumn.ChargePeriodStart));
        return _valid
            ? new(row, new(new(provider, account, sub), service, period), amount, currency, chargedAt, accountName, subName)
            : null;
    }

    private static bool IsNull(string value) => value.Length == 0 || value.Equals("NULL", StringComparison.OrdinalIgnoreCase);

    private string Required(FocusColumn column, string value)
    {
        if (IsNull(value))
        {
            Wrong(column, value, "a value is needed here; it is empty or NULL.");
        }

        return Text(column, value);
    }

    private string? Optional(FocusColumn column, string value) => IsNull(value) ? null : Text(column, value);

    private string Text(FocusColumn column, string value)
    {
        if (value.Length > MaxText)
        {
            Wrong(column, value, $"longer than {MaxText} characters.");
        }
        else if (value.Any(char.IsControl))
        {
            Wrong(column, value, "holds a line break or another control character.");
        }

        return value;
    }

    private ExactAmount Amount(string value)
    {
        var error = ExactAmount.TryParse(value, out var amount);
        if (error != ExactAmountError.None || !IsMoney(amount))
        {
            Wrong(FocusColumn.BilledCost, value, error switch
            {
                _ when IsNull(value) => "an amount is needed here; it is empty or NULL.",
                ExactAmountError.NotANumber => "not a number; write it as in 1234.56 or 1E-7, without currency sign or grouping.",
                ExactAmountError.TooFine => $"finer than {ExactAmount.Decimals} decimals.",
                _ => "beyond what money can hold.",
            });
        }

        return amount;
    }

    private static bool IsMoney(ExactAmount amount) =>
        amount >= ExactAmount.FromMicros(-long.MaxValue) && amount <= ExactAmount.FromMicros(long.MaxValue);

    private Currency CurrencyOf(string value)
    {
        if (!Currency.TryOf(value, out var currency))
        {
            Wrong(FocusColumn.BillingCurrency, value, "not a currency that the portal keeps accounts in; three capital letters, as in USD.");
        }

        return currency;
    }

    private BillingPeriod Period(string value)
    {
        var start = Date(FocusColumn.BillingPeriodStart, value);
        var period = BillingPeriod.Of(start, TimeZoneInfo.Utc);
        if (_valid && period.StartIn(TimeZoneInfo.Utc) != start)
        {
            Wrong(FocusColumn.BillingPeriodStart, value, "not the first moment of a month in UTC, which a billing period starts with.");
        }

        return period;
    }

    private Instant Date(FocusColumn column, string value)
    {
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(value, DateFormats, CultureInfo.InvariantCulture, style, out var date) && date.Year is >= 2000 and < 2200)
        {
            return Instant.From(date);
        }

        Wrong(column, value, "not a date between 2000 and 2199; write it as in 2024-09-01 00:00:00 or 2024-09-01T00:00:00Z.");
        return default;
    }

    private void Wrong(FocusColumn column, string value, string reason)
    {
        _valid = false;
        errors.Add(new(_row, column.ToString(), RowError.Excerpt(value), reason));
    }
}
