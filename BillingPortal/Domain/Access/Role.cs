using System.Collections.Immutable;

namespace BillingPortal.Domain.Access;

/// <summary>
/// A role as data: its code, its name, what it permits, and what it may move alone in a rolling day (rules §5). Platform roles hold
/// everywhere; organization roles hold in an organization and everything below it.
/// </summary>
/// <param name="Code">The stored and published word, as in <c>ADMIN</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="OfPlatform">True where it holds for every organization.</param>
/// <param name="Permissions">What it permits.</param>
/// <param name="DailyLimit">Units of the organization's currency that its holder may move alone in 24 hours.</param>
public sealed record Role(string Code, string Name, bool OfPlatform, ImmutableArray<Permission> Permissions, long DailyLimit)
{
    /// <summary>Finance administrators of the platform.</summary>
    public static readonly Role Finance = new("FINANCE", "Finance", true, [.. Enum.GetValues<Permission>()], 25_000);

    /// <summary>Support staff of the platform.</summary>
    public static readonly Role Support = new("SUPPORT", "Support", true,
        [
            Permission.ReadOrganizations, Permission.ReadJournal, Permission.ReadInvoices, Permission.AdjustBalances, Permission.ReadBooks,
            Permission.ManageOwnTokens, Permission.ManageOwnAccount,
        ], 1_000);

    /// <summary>Administrators of an organization; of a reseller, where it has sub-organizations.</summary>
    public static readonly Role Admin = new("ADMIN", "Administrator", false,
        [
            Permission.ReadOrganizations, Permission.ReadJournal, Permission.ReadInvoices, Permission.Charge,
            Permission.ManageOrganizations, Permission.ManageMembers, Permission.ManageBilling, Permission.TransferBalances,
            Permission.ManageOwnTokens, Permission.ManageOwnAccount,
        ], 0);

    /// <summary>Managers of an organization: its money's settings, not its people.</summary>
    public static readonly Role Manager = new("MANAGER", "Manager", false,
        [
            Permission.ReadOrganizations, Permission.ReadJournal, Permission.ReadInvoices, Permission.Charge, Permission.ManageBilling, Permission.TransferBalances,
            Permission.ManageOwnTokens, Permission.ManageOwnAccount,
        ], 0);

    /// <summary>Developers of an organization: programs that charge, no journal.</summary>
    public static readonly Role Developer = new("DEVELOPER", "Developer", false,
        [Permission.ReadOrganizations, Permission.Charge, Permission.ManageOwnTokens, Permission.ManageOwnAccount], 0);

    /// <summary>Staff of an organization: they look.</summary>
    public static readonly Role Staff = new("STAFF", "Staff", false, [Permission.ReadOrganizations, Permission.ManageOwnAccount], 0);

    /// <summary>Every role.</summary>
    public static readonly ImmutableArray<Role> All = [Finance, Support, Admin, Manager, Developer, Staff];

    /// <summary>The role of <paramref name="code"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Role Of(string code) => All.FirstOrDefault(role => string.Equals(role.Code, code, StringComparison.Ordinal))
        ?? throw new ArgumentException($"'{code}' is not a role.", nameof(code));

    /// <summary>True where it permits <paramref name="permission"/>.</summary>
    public bool Permits(Permission permission) => Permissions.Contains(permission);
}
