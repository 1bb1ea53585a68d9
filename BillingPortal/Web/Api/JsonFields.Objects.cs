using System.Text.Json;
using BillingPortal.Domain;

namespace BillingPortal.Web.Api;

// Objects within objects, and fields for which an explicit null is a wish of its own.
public sealed partial class JsonFields
{
    /// <summary>True where the field was sent at all, be it as null.</summary>
    public bool IsSent(string name) => _root.TryGetProperty(name, out _);

    /// <summary>True where it was sent as null.</summary>
    public bool IsNull(string name) => _root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>
    /// The object under <paramref name="name"/>, whose fields' errors are named after both; null where it is absent or no object. An explicit null is
    /// wrong: an object is left out or meant.
    /// </summary>
    public JsonFields? Object(string name, bool required = false)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            _ = Find(name, required);
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new JsonFields(value, _within + name + ".", _errors);
        }

        Refuse(name, "not_an_object", "must be an object.");
        return null;
    }

    /// <summary>True or false; null where absent or wrong. An explicit null is wrong.</summary>
    public bool? Flag(string name, bool required = false)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            _ = Find(name, required);
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(name, "not_a_flag", "must be true or false.");
        return null;
    }

    /// <summary>A text that may be sent as null to clear it: whether it was sent, and what. Blank is the same as null.</summary>
    public (bool IsSent, string? Value) TextOrNull(string name)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            return (false, null);
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return (true, null);
        }

        if (value.ValueKind == JsonValueKind.String && TextOf(value)?.Trim() is { } text && !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r')))
        {
            return (true, text.Length == 0 ? null : text);
        }

        Refuse(name, "not_text", "must be a string without control characters, or null.");
        return (false, null);
    }

    /// <summary>A string as it was sent, or null, for fields whose rules stand elsewhere; <c>IsSent</c> is false where it is neither, which is refused as contract 3 does.</summary>
    public (bool IsSent, string? Value) StringOrNull(string name)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            return (false, null);
        }

        if (value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && TextOf(value) is not null))
        {
            return (true, value.ValueKind == JsonValueKind.Null ? null : TextOf(value));
        }

        Refuse(name, "string_type", "must be a string or null.");
        return (false, null);
    }

    /// <summary>Millionths from a JSON number alone, as contract 1 has them; null where absent or wrong. An explicit null is wrong.</summary>
    public long? Number(string name)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return Micros(name, value.GetRawText());
        }

        Refuse(name, "not_a_number", "must be a number.");
        return null;
    }

    /// <summary>Says what is wrong with a field that could be read.</summary>
    public void Refuse(string name, string code, string message) => _errors.Add(new FieldError(_within + name, code, message));
}
