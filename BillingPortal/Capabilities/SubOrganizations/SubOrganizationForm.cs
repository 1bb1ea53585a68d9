using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using FluentValidation;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>What may be wished of an organization's name, features and contacts. What is null or not sent stays as it is.</summary>
public sealed record OrganizationForm
{
    /// <summary>Its new name; 2 to 64 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Features to give or take.</summary>
    public ImmutableDictionary<Feature, bool> Features { get; init; } = ImmutableDictionary<Feature, bool>.Empty;

    /// <summary>True to draw on the parent's balance, false to pay for itself.</summary>
    public bool? UseParentBalance { get; init; }

    /// <summary>Contacts to set or clear.</summary>
    public ConfigChange Config { get; init; } = ConfigChange.None;
}

/// <summary>A new sub-organization. Currency and zone are its parent's.</summary>
public sealed record SubOrganizationForm
{
    /// <summary>Its UUID, made with the form: the same form submitted twice is the same organization.</summary>
    public Guid Uuid { get; init; }

    /// <summary>Name, features and contacts.</summary>
    public OrganizationForm Profile { get; init; } = new();

    /// <summary>When it pays.</summary>
    public ChargingModel Model { get; init; } = ChargingModel.Prepaid;

    /// <summary>
    /// The provider's sub-account, by which usage imports find it, within the billing account of an organization above it; empty where none shall.
    /// </summary>
    public string SubAccount { get; init; } = "";
}

/// <summary>The rules of wishes about an organization.</summary>
public sealed class OrganizationFormRules : AbstractValidator<OrganizationForm>
{
    /// <summary>The shortest name (contract 1).</summary>
    public const int LeastName = 2;

    /// <summary>The longest.</summary>
    public const int MostName = 64;

    /// <summary>The longest email address.</summary>
    public const int MostEmail = 254;

    /// <summary>The longest postal address or link.</summary>
    public const int MostText = 500;

    /// <summary>The rules as data: nothing in them changes.</summary>
    public static OrganizationFormRules Instance { get; } = new();

    private OrganizationFormRules()
    {
        RuleFor(form => form.Name).Cascade(CascadeMode.Stop)
            .Must(name => name is null || name.Trim().Length is >= LeastName and <= MostName).WithErrorCode("length").WithMessage($"A name has {LeastName} to {MostName} characters.")
            .Must(name => name is null || !name.Any(char.IsControl)).WithErrorCode("invalid").WithMessage("A name has no line ends or other control characters.");
        RuleFor(form => form.Config.Email.Value)
            .Must(text => text is null || (text.Length <= MostEmail && IsEmail(text))).WithErrorCode("invalid").WithMessage("Not an email address. Write it like name@example.com.").OverridePropertyName("Config.Email");
        RuleFor(form => form.Config.Address.Value).Cascade(CascadeMode.Stop)
            .Must(IsShort).WithErrorCode("too_long").WithMessage($"At most {MostText} characters are kept.")
            .Must(text => text is null || !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r'))).WithErrorCode("invalid").WithMessage("An address has no control characters but line ends.").OverridePropertyName("Config.Address");
        RuleFor(form => form.Config.TermsUrl.Value).Must(IsLink).WithErrorCode("invalid").WithMessage(Whole("terms")).OverridePropertyName("Config.TermsUrl");
        RuleFor(form => form.Config.PrivacyUrl.Value).Must(IsLink).WithErrorCode("invalid").WithMessage(Whole("privacy")).OverridePropertyName("Config.PrivacyUrl");
    }

    private static string Whole(string page) => $"Not a link. Write it whole, like https://example.com/{page}, with at most {MostText} characters.";

    private static bool IsShort(string? text) => text is null || text.Length <= MostText;

    private static bool IsEmail(string text) => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));

    private static bool IsLink(string? text) => text is null
        || (text.Length <= MostText && Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" && !text.Any(char.IsWhiteSpace));
}

/// <summary>The rules of a new sub-organization.</summary>
public sealed class SubOrganizationFormRules : AbstractValidator<SubOrganizationForm>
{
    /// <summary>The longest name of a sub-account.</summary>
    public const int MostSubAccount = 200;

    /// <summary>The rules as data: nothing in them changes.</summary>
    public static SubOrganizationFormRules Instance { get; } = new();

    private SubOrganizationFormRules()
    {
        RuleFor(form => form.Profile.Name).NotNull().WithErrorCode("required").WithMessage("Give it a name.").OverridePropertyName("Name");
        RuleFor(form => form.Model).IsInEnum().WithErrorCode("unknown").WithMessage("Choose when it pays.");
        RuleFor(form => form.SubAccount).Must(text => text.Length <= MostSubAccount && !text.Any(char.IsControl)).WithErrorCode("invalid")
            .WithMessage($"A sub-account's name has at most {MostSubAccount} characters and no control characters.");
    }
}
