using System.Globalization;
using System.Text.RegularExpressions;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using FluentValidation;

namespace BillingPortal.Capabilities.CreatingOrganizations;

/// <summary>What a person asks for when creating an organization by hand.</summary>
public sealed record NewOrganizationForm
{
    /// <summary>Its UUID, made with the form: the same form submitted twice is the same organization.</summary>
    public Guid Uuid { get; init; }

    /// <summary>Its name for people; 2 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its name in addresses; empty for one made from the name.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The number of its reseller as typed; empty where it stands at the top.</summary>
    public string Parent { get; init; } = "";

    /// <summary>The one currency it will keep, ISO 4217.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>When it pays.</summary>
    public ChargingModel Model { get; init; } = ChargingModel.Prepaid;

    /// <summary>The IANA zone in which its months end.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The reseller's number; null where none is named. The rules must hold.</summary>
    public long? ParentNumber => Parent.Trim() is { Length: > 0 } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;
}

/// <summary>The rules of that form.</summary>
public sealed partial class NewOrganizationFormRules : AbstractValidator<NewOrganizationForm>
{
    /// <summary>The longest slug.</summary>
    public const int MostSlug = 60;

    private const int MostName = 200;

    /// <summary>The rules as data: nothing in them changes.</summary>
    public static NewOrganizationFormRules Instance { get; } = new();

    private NewOrganizationFormRules()
    {
        RuleFor(form => form.Name).Cascade(CascadeMode.Stop)
            .Must(name => name.Trim().Length >= 2).WithErrorCode("required").WithMessage("Give it a name of at least two characters.")
            .Must(name => name.Trim().Length <= MostName).WithErrorCode("too_long").WithMessage($"At most {MostName} characters are kept.")
            .Must(name => !name.Any(char.IsControl)).WithErrorCode("invalid").WithMessage("A name has no line ends or other control characters.");
        RuleFor(form => form.Slug).Cascade(CascadeMode.Stop)
            .Must(slug => slug.Length <= MostSlug).WithErrorCode("too_long").WithMessage($"At most {MostSlug} characters.")
            .Must(slug => slug.Length == 0 || Shape().IsMatch(slug)).WithErrorCode("invalid").WithMessage("Small letters a to z, digits and single hyphens between them.")
            .Must(slug => slug != "new" && !slug.All(char.IsAsciiDigit) && !Guid.TryParse(slug, out _) || slug.Length == 0).WithErrorCode("invalid")
            .WithMessage("It would be taken for a number, a UUID or a page of the portal. Choose another.");
        RuleFor(form => form.Parent).Must(parent => parent.Trim().Length == 0 || long.TryParse(parent.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .WithErrorCode("invalid").WithMessage("The reseller's number, digits alone, as 10001.");
        RuleFor(form => form.Currency).Must(code => Domain.Currency.TryOf(code, out _)).WithErrorCode("unknown").WithMessage("Choose a currency.");
        RuleFor(form => form.Model).IsInEnum().WithErrorCode("unknown").WithMessage("Choose when it pays.");
        RuleFor(form => form.TimeZone).Must(zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId)
            .WithErrorCode("unknown").WithMessage("Not a time zone. Write it like Europe/Berlin or UTC.");
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
