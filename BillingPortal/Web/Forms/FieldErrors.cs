using System.Collections.Immutable;
using BillingPortal.Domain;

namespace BillingPortal.Web.Forms;

/// <summary>What a command found wrong, by field. Empty is the default.</summary>
public sealed class FieldErrors
{
    private readonly ImmutableArray<FieldError> _errors;

    private FieldErrors(ImmutableArray<FieldError> errors) => _errors = errors;

    /// <summary>Nothing wrong.</summary>
    public static FieldErrors None { get; } = new([]);

    /// <summary>The reason for <paramref name="field"/>, or null; the first where there are several.</summary>
    public string? this[string field] => _errors.FirstOrDefault(error => error.Field == field)?.Message;

    /// <summary>True where some field is wrong.</summary>
    public bool Any => _errors.Length > 0;

    /// <summary>
    /// The fields that <paramref name="outcome"/> complains of: those of invalid input, and the one a refusal concerns most.
    /// </summary>
    public static FieldErrors Of<T>(Outcome<T> outcome) => outcome switch
    {
        Outcome<T>.Invalid invalid => new(invalid.Errors),
        Outcome<T>.Refused { Refusal: { Field: { } field } refusal } => new([new FieldError(field, refusal.Code.ToString(), refusal.Message)]),
        _ => None,
    };
}
