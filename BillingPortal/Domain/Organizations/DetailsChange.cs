using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using BillingPortal.Domain.Addresses;
using BillingPortal.Domain.TaxNumbers;

namespace BillingPortal.Domain.Organizations;

/// <summary>
/// A wish about billing details: each field that is named, with its new value; null clears. What is not named stays. Decided as a pure function of what
/// stands and what is wished, alike for page and contracts.
/// </summary>
/// <param name="Wishes">The fields that are named.</param>
public sealed partial record DetailsChange(ImmutableDictionary<DetailField, string?> Wishes)
{
    /// <summary>Names nothing.</summary>
    public static readonly DetailsChange None = new(ImmutableDictionary<DetailField, string?>.Empty);

    /// <summary>This and one field more.</summary>
    public DetailsChange With(DetailField field, string? value) => new(Wishes.SetItem(field, value));

    /// <summary>True where it touches the organization's own name or slug.</summary>
    public bool TouchesOwn => Wishes.Keys.Any(named => named.IsOwn);

    /// <summary>True where it touches anything else.</summary>
    public bool TouchesBilling => Wishes.Keys.Any(named => !named.IsOwn);

    /// <summary>
    /// The details as they would be, or what is wrong, field by field with the words for programs that contract 3 uses. Blank text is the same as none, but
    /// for name, slug and email. A number without a type gets the type that its prefix tells; check digits that do not hold are refused.
    /// </summary>
    public Outcome<OrganizationDetails> Over(OrganizationDetails before)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var after = before;
        foreach (var field in DetailField.All.Where(Wishes.ContainsKey))
        {
            var value = Tidy(field, Wishes[field]);
            if (Fault(field, value) is var (code, message))
            {
                errors.Add(new FieldError(field.Code, code, message));
            }
            else
            {
                after = field.With(after, value);
            }
        }

        if (errors.Count == 0)
        {
            after = Numbered(after, errors);
        }

        return errors.Count > 0 ? new Outcome<OrganizationDetails>.Invalid(errors.ToImmutable()) : new Outcome<OrganizationDetails>.Done(after);
    }

    /// <summary>
    /// Contract 4's way of setting the number (rules §4): its type from its prefix, else none; a number of unknown form, or whose check digits do not hold, is
    /// kept all the same and stands unverified. The text must be no longer than the field.
    /// </summary>
    public static OrganizationDetails Vatin(OrganizationDetails before, string? vatin)
    {
        var number = vatin is null ? default : TaxNumber.Read(vatin, type: null);
        return string.IsNullOrEmpty(number.Number) ? before with { TaxId = null, TaxIdType = null } : before with { TaxId = number.Number, TaxIdType = number.Type?.Code };
    }

    /// <summary>Where a changed number begins: with the register that knows its type, else unverified. An unchanged one stays as it stands.</summary>
    public static TaxStanding StandingAfter(OrganizationDetails before, TaxStanding standing, OrganizationDetails after)
    {
        if (before.TaxId == after.TaxId && before.TaxIdType == after.TaxIdType)
        {
            return standing;
        }

        return after.TaxId is not { } number ? TaxStanding.None : new TaxStanding(CanBeVerified(number, after.TaxIdType) ? TaxStatus.Pending : TaxStatus.Unverified);
    }

    /// <summary>True where a register knows numbers of this type, and this one could be of it.</summary>
    public static bool CanBeVerified(string number, string? type) => type == TaxNumbers.TaxIdType.EuVat.Code && TaxNumbers.TaxIdType.EuVat.HasForm(number) && TaxNumbers.TaxIdType.EuVat.Holds(number);

    private static string? Tidy(DetailField field, string? value)
    {
        var text = value?.Trim();
        return field == DetailField.Country ? text?.ToUpperInvariant() is { Length: > 0 } code ? code : null
            : text is "" && field != DetailField.Name && field != DetailField.Slug && field != DetailField.Email ? null : text;
    }

    private static (string Code, string Message)? Fault(DetailField field, string? value)
    {
        if (value is null)
        {
            return field.IsOwn ? ("string_type", "must be a string: it cannot be cleared.") : null;
        }

        return Characters(value) > field.Most ? ("string_too_long", $"must have at most {field.Most} characters.")
            : value.Any(char.IsControl) ? ("value_error", "must not have line ends or other control characters.")
            : field switch
            {
                _ when field.IsOwn && value.Length == 0 => ("string_too_short", "must have at least 1 character."),
                _ when field == DetailField.Slug && !SlugShape().IsMatch(value) => ("string_pattern_mismatch", "must be small letters a to z, digits and hyphens, the first no hyphen."),
                _ when field == DetailField.Country && Country.Find(value) is null => ("value_error", "must be a country's two letters of ISO 3166-1, as in DE."),
                _ when field == DetailField.TaxIdType && TaxNumbers.TaxIdType.Find(value) is null => ("value_error", "must be a published type of tax number, as in eu_vat."),
                _ when field == DetailField.TaxId && TaxNumber.Normalise(value).Length == 0 => ("value_error", "must have a digit or a letter."),
                _ when field == DetailField.Email && !EmailShape().IsMatch(value) => ("value_error", "must be an email address, as in name@example.com."),
                _ when field == DetailField.Phone && !PhoneShape().IsMatch(value) => ("value_error", "must be a telephone number: digits, spaces and the signs + ( ) - . /"),
                _ => null,
            };
    }

    private OrganizationDetails Numbered(OrganizationDetails after, ImmutableArray<FieldError>.Builder errors)
    {
        if (after.TaxId is null || !(Wishes.ContainsKey(DetailField.TaxId) || Wishes.ContainsKey(DetailField.TaxIdType)))
        {
            return after;
        }

        var number = TaxNumber.Read(after.TaxId, after.TaxIdType is { } code ? TaxNumbers.TaxIdType.Find(code) : null);
        if (number.Reason is { } reason)
        {
            var other = Wishes.ContainsKey(DetailField.TaxIdType) || after.TaxIdType is null ? "" : " A number of another type needs its type with it.";
            errors.Add(new FieldError(Wishes.ContainsKey(DetailField.TaxId) ? DetailField.TaxId.Code : DetailField.TaxIdType.Code, "value_error", reason + other));
        }

        var asked = Wishes.TryGetValue(DetailField.TaxIdType, out var type) && type is null;
        return after with { TaxId = number.Number, TaxIdType = asked ? null : number.Type?.Code };
    }

    private static int Characters(string text) => text.EnumerateRunes().Count();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SlugShape();

    [GeneratedRegex(@"^[^\s@<>(),;:""\[\]\\]+@[^\s@<>(),;:""\[\]\\.]+([.][^\s@<>(),;:""\[\]\\.]+)+\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EmailShape();

    [GeneratedRegex(@"^[+]?[0-9 ()./-]{3,}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PhoneShape();
}
