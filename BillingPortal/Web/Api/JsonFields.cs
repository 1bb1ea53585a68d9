using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Web.Api;

/// <summary>
/// Reads fields from a program's JSON object and gathers what is wrong with them. Absent and null read alike; fields nobody asks for are
/// ignored. Money is read from its digits as they were sent, never through floating point.
/// </summary>
public sealed partial class JsonFields
{
    private const int MicroDecimals = 6;
    private readonly JsonElement _root;
    private readonly string _within;
    private readonly ImmutableArray<FieldError>.Builder _errors;

    /// <summary>Reads from <paramref name="root"/>, an object.</summary>
    public JsonFields(JsonElement root)
        : this(root, "", ImmutableArray.CreateBuilder<FieldError>())
    {
    }

    private JsonFields(JsonElement root, string within, ImmutableArray<FieldError>.Builder errors) => (_root, _within, _errors) = (root, within, errors);

    /// <summary>Everything that was wrong so far.</summary>
    public ImmutableArray<FieldError> Errors => _errors.ToImmutable();

    /// <summary>Millionths, from a JSON number or a decimal string; null where absent, null or wrong.</summary>
    public long? Micros(string name, bool required = false)
    {
        if (Find(name, required) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String when TextOf(value) is { } written && PlainDecimal().IsMatch(written) => written,
            _ => null,
        };
        return text is null ? Wrong<long>(name, "not_a_decimal", "must be a number, or a string of digits with a decimal point, as in \"12.50\".") : Micros(name, text);
    }

    /// <summary>Text of 1 to <paramref name="max"/> characters, trimmed, without control characters; null where absent or wrong.</summary>
    public string? Text(string name, int max, bool required = false)
    {
        if (Find(name, required) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? TextOf(value)?.Trim() : null;
        if (text is { Length: > 0 } && text.Length <= max && !text.Any(char.IsControl))
        {
            return text;
        }

        _errors.Add(new FieldError(_within + name, "not_text", $"must be a string of 1 to {max.ToString(CultureInfo.InvariantCulture)} characters without control characters."));
        return null;
    }

    /// <summary>A moment, ISO 8601 with its offset or Z, not before 1970; null where absent, null or wrong.</summary>
    public Instant? Time(string name)
    {
        if (Find(name, required: false) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && TextOf(value) is { } text && WithOffset().IsMatch(text) && value.TryGetDateTimeOffset(out var time)
            && time.UtcTicks >= DateTime.UnixEpoch.Ticks
            ? Instant.From(time)
            : Wrong<Instant>(name, "not_a_time", "must be a date and time of ISO 8601 with Z or an offset, not before 1970, as in \"2026-03-18T12:00:00Z\".");
    }

    private long? Micros(string name, string text)
    {
        if (text.Length > ExactAmount.MaxLength)
        {
            return Wrong<long>(name, "too_large", "has more digits than money can hold.");
        }

        switch (ExactAmount.TryParse(text, out var amount))
        {
            case ExactAmountError.TooFine:
                return TooFine(name);
            case not ExactAmountError.None:
                return Wrong<long>(name, "too_large", "is beyond what money can hold.");
        }

        try
        {
            var micros = amount.RoundHalfEven();
            return ExactAmount.FromMicros(micros) == amount ? micros : TooFine(name);
        }
        catch (OverflowException)
        {
            return Wrong<long>(name, "too_large", "is beyond what money can hold.");
        }
    }

    private long? TooFine(string name) =>
        Wrong<long>(name, "too_fine", $"must have at most {MicroDecimals.ToString(CultureInfo.InvariantCulture)} decimals.");

    private JsonElement? Find(string name, bool required)
    {
        if (_root.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null)
        {
            return value;
        }

        if (required)
        {
            _errors.Add(new FieldError(_within + name, "required", "is required."));
        }

        return null;
    }

    private T? Wrong<T>(string name, string code, string message)
        where T : struct
    {
        _errors.Add(new FieldError(_within + name, code, message));
        return null;
    }

    /// <summary>Half a surrogate pair is no text: JSON can write it, UTF-8 and databases cannot.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^-?[0-9]+([.][0-9]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PlainDecimal();

    [GeneratedRegex(@"(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WithOffset();
}
