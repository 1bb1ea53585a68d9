using System.Globalization;
using System.Text.Json;

namespace BillingPortal.Web.Api;

// What contract 4 asks for: things referred to by {id}, and null refused where it means nothing.
public sealed partial class JsonFields
{
    /// <summary>A whole number; null where absent or wrong. An explicit null is wrong, 1.0 is 1.</summary>
    public long? Whole(string name, bool required = false)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            _ = Find(name, required);
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue)
        {
            return (long)number;
        }

        Refuse(name, "not_a_number", "must be a whole number.");
        return null;
    }

    /// <summary>The id of the thing under <paramref name="name"/>, as in <c>{"payment_term": {"id": 1}}</c>; null where absent or wrong.</summary>
    public int? Reference(string name) => Object(name)?.Whole("id", required: true) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and var id => (int)id,

        // No table has so many lines: unknown, and said so by whoever looks it up.
        _ => int.MinValue,
    };

    /// <summary>A text of at most <paramref name="max"/> characters, trimmed; blank stays as it is. Null where absent or wrong; an explicit null is wrong.</summary>
    public string? PlainText(string name, int max)
    {
        if (!_root.TryGetProperty(name, out _))
        {
            return null;
        }

        if (IsNull(name))
        {
            Refuse(name, "not_text", "must be a string.");
            return null;
        }

        return TextOrNull(name) is (true, var text) && Within(name, text, max) ? text ?? "" : null;
    }

    /// <summary>A text of at most <paramref name="max"/> characters that null clears: whether it was sent, and what.</summary>
    public (bool IsSent, string? Value) TextOrNull(string name, int max) => TextOrNull(name) is (true, var text) && Within(name, text, max) ? (true, text) : (false, null);

    /// <summary>The object under <paramref name="name"/> as JSON of at most <paramref name="max"/> characters; null where absent or wrong.</summary>
    public string? ObjectText(string name, int max)
    {
        if (Object(name) is not { } sent)
        {
            return null;
        }

        if (!IsWhole(sent._root))
        {
            Refuse(name, "not_text", "must hold whole characters only.");
            return null;
        }

        var text = JsonSerializer.Serialize(sent._root, ApiJson.Options);
        return Within(name, text, max) ? text : null;
    }

    /// <summary>True where no text in it holds half a surrogate pair.</summary>
    private static bool IsWhole(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value) is not null,
        JsonValueKind.Array => value.EnumerateArray().All(IsWhole),
        JsonValueKind.Object => value.EnumerateObject().All(field => IsWhole(field.Value)),
        _ => true,
    };

    private bool Within(string name, string? text, int max)
    {
        if (text is null || text.Length <= max)
        {
            return true;
        }

        Refuse(name, "too_long", $"must have at most {max.ToString(CultureInfo.InvariantCulture)} characters.");
        return false;
    }
}
