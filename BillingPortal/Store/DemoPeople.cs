using BillingPortal.Domain.Access;

namespace BillingPortal.Store;

/// <summary>The three people of the demo. Their password is printed on the sign-in page, so production does not start where they are.</summary>
public static class DemoPeople
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "Demo-pass-1";

    /// <summary>A finance administrator of the platform.</summary>
    public static readonly DemoPerson Finance = new("finance@example.test", "Mara Lindqvist", "Finance", Role.Finance);

    /// <summary>An administrator of a reseller: of which organization, the demo's money says.</summary>
    public static readonly DemoPerson Reseller = new("reseller@example.test", "Jonas Brandt", "Reseller", PlatformRole: null);

    /// <summary>Support staff of the platform.</summary>
    public static readonly DemoPerson Support = new("support@example.test", "Amara Diallo", "Support", Role.Support);

    /// <summary>All three.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } = [Finance, Reseller, Support];
}

/// <summary>One of them.</summary>
/// <param name="Email">Signs in with it.</param>
/// <param name="Name">For people.</param>
/// <param name="Part">What they are in the demo.</param>
/// <param name="PlatformRole">Their role on the platform, if any.</param>
public sealed record DemoPerson(string Email, string Name, string Part, Role? PlatformRole);
