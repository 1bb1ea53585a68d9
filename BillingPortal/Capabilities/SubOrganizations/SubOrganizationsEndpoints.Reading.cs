using System.Collections.Immutable;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.SubOrganizations;

// How bodies are read.
internal static partial class SubOrganizationsEndpoints
{
    private static string? NameOf(JsonFields fields)
    {
        if (fields.IsSent("name") && fields.TextOrNull("name") is (true, null))
        {
            fields.Refuse("name", "required", "must not be empty.");
        }

        return fields.TextOrNull("name").Value;
    }

    private static string Missing(JsonFields fields, string name)
    {
        if (!fields.IsSent(name))
        {
            fields.Refuse(name, "required", "is required.");
        }

        return "";
    }

    private static OrganizationForm ProfileOf(JsonFields fields)
    {
        var config = fields.Object("config");
        return new OrganizationForm
        {
            Features = FeaturesOf(fields.Object("features")),
            Config = config is null ? ConfigChange.None : new ConfigChange
            {
                Email = SettingOf(config, "email"),
                Address = SettingOf(config, "address"),
                TermsUrl = SettingOf(config, "terms_url"),
                PrivacyUrl = SettingOf(config, "privacy_url"),
            },
        };
    }

    /// <summary>Features nobody here knows are ignored, as unknown fields are.</summary>
    private static ImmutableDictionary<Feature, bool> FeaturesOf(JsonFields? fields)
    {
        var wished = ImmutableDictionary.CreateBuilder<Feature, bool>();
        foreach (var feature in fields is null ? [] : Feature.All)
        {
            if (fields!.Flag(feature.Code) is { } has)
            {
                wished[feature] = has;
            }
        }

        return wished.ToImmutable();
    }

    private static Setting SettingOf(JsonFields fields, string name) => fields.TextOrNull(name) is (true, var text) ? Setting.To(text) : default;

    private static Role RoleOf(JsonFields fields)
    {
        var code = fields.Text("role", max: 20, required: true);
        if (Role.All.FirstOrDefault(role => !role.OfPlatform && role.Code == code) is { } role)
        {
            return role;
        }

        if (code is not null)
        {
            fields.Refuse("role", "unknown", $"must be one of {string.Join(", ", Role.All.Where(known => !known.OfPlatform).Select(known => known.Code))}.");
        }

        return Role.Staff;
    }

    /// <summary>What a sub-organization is created with.</summary>
    /// <param name="Name">2 to 64 characters.</param>
    /// <param name="Features">Features to give; only those that the parent has.</param>
    /// <param name="Config">How it is written to.</param>
    private sealed record CreateRequest(string Name, FeaturesRequest? Features = null, ConfigRequest? Config = null);

    /// <summary>What is to change; what is absent stays.</summary>
    /// <param name="Name">2 to 64 characters.</param>
    /// <param name="Features">Features to give and take.</param>
    /// <param name="Config">How it is written to; merged field by field, null clears.</param>
    /// <param name="Billing">Whose balance it draws on.</param>
    private sealed record ChangeRequest(string? Name = null, FeaturesRequest? Features = null, ConfigRequest? Config = null, ChangeBillingRequest? Billing = null);

    /// <summary>Whose balance it draws on.</summary>
    /// <param name="UseParentBalance">True for the parent's, to which its own value then moves; false for its own.</param>
    private sealed record ChangeBillingRequest(bool? UseParentBalance = null);

    /// <summary>Features, each given, taken, or left as it is where absent.</summary>
    private sealed record FeaturesRequest(
        bool? Enterprise = null, bool? AllowOverdraft = null, bool? Workflows = null, bool? Broadcasts = null, bool? EnableJapifon = null, bool? CustomDomain = null,
        bool? SlackAccess = null);

    /// <summary>How it is written to.</summary>
    /// <param name="Email">Its address for mail.</param>
    /// <param name="Address">Its postal address.</param>
    /// <param name="TermsUrl">Its terms.</param>
    /// <param name="PrivacyUrl">Its privacy policy.</param>
    private sealed record ConfigRequest(string? Email = null, string? Address = null, string? TermsUrl = null, string? PrivacyUrl = null);

    /// <summary>As whom to join.</summary>
    /// <param name="Role">ADMIN, DEVELOPER, MANAGER or STAFF.</param>
    private sealed record JoinRequest(string Role);
}
