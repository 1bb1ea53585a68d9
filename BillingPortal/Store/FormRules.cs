using System.Collections.Immutable;
using BillingPortal.Domain;
using FluentValidation;

namespace BillingPortal.Store;

/// <summary>What a form's rules found, as the fields of an outcome.</summary>
public static class FormRules
{
    /// <summary>The fields that <paramref name="rules"/> find wrong in <paramref name="form"/>; empty where all are well.</summary>
    public static ImmutableArray<FieldError> Errors<T>(this IValidator<T> rules, T form) =>
        [.. rules.Validate(form).Errors.Select(error => new FieldError(error.PropertyName, error.ErrorCode, error.ErrorMessage))];
}
