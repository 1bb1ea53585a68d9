using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store;

/// <summary>Who calls: a person, or a program in a person's name. Only the id is trusted; roles are read from the store each time.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Via">The way, as <see cref="Actor.Via"/>.</param>
/// <param name="Scopes">What a token was narrowed to; null for a person at a page.</param>
public sealed record Caller(string UserId, string Via, IReadOnlySet<string>? Scopes = null)
{
    /// <summary>As entries name it.</summary>
    public Actor Actor => Actor.User(UserId, Via);
}

/// <summary>What a caller may do, as the store says now.</summary>
/// <param name="Caller">Who.</param>
/// <param name="PlatformRole">Their role on the platform, if any.</param>
/// <param name="Memberships">Their roles in organizations, with the organizations' paths.</param>
public sealed record Access(Caller Caller, Role? PlatformRole, IReadOnlyList<(string Path, Role Role)> Memberships)
{
    /// <summary>Reads it.</summary>
    public static async Task<Access> ReadAsync(BillingStore store, Caller caller, CancellationToken cancel)
    {
        // Kept open until the context goes: what follows reads on the same connection.
        await store.Database.OpenConnectionAsync(cancel);
        var user = await store.Users.AsNoTracking().Where(u => u.Id == caller.UserId)
            .Select(u => new { u.PlatformRole, u.LockoutEnd }).FirstOrDefaultAsync(cancel);
        if (user is null || BillingUser.IsClosed(user.LockoutEnd))
        {
            return new Access(caller, null, []);
        }

        // A platform role holds everywhere, so that no membership adds to it.
        if (user.PlatformRole is { } code)
        {
            return new Access(caller, Role.Of(code), []);
        }

        var memberships = await store.Memberships.AsNoTracking().Where(m => m.UserId == caller.UserId)
            .Join(store.Organizations, m => m.OrganizationId, o => o.Id, (m, o) => new { o.Path, m.Role }).ToListAsync(cancel);
        return new Access(caller, null, [.. memberships.Select(m => (m.Path, Role.Of(m.Role)))]);
    }

    /// <summary>The role that counts at the organization with this path; null where the caller may not even know of it.</summary>
    public Role? RoleAt(string path) => PlatformRole
        ?? Memberships.Where(m => path.StartsWith(m.Path, StringComparison.Ordinal)).OrderByDescending(m => m.Path.Length).Select(m => m.Role).FirstOrDefault();

    /// <summary>True where the caller may do it at the organization with this path.</summary>
    public bool May(Permission permission, string path) => InScope(permission) && RoleAt(path)?.Permits(permission) == true;

    /// <summary>True where the caller may do it for the whole platform.</summary>
    public bool MayOnPlatform(Permission permission) => InScope(permission) && PlatformRole?.Permits(permission) == true;

    /// <summary>True where the caller may do it anywhere at all.</summary>
    public bool MaySomewhere(Permission permission) =>
        InScope(permission) && (PlatformRole?.Permits(permission) == true || Memberships.Any(m => m.Role.Permits(permission)));

    /// <summary>The paths below which the caller sees organizations; null for all of them.</summary>
    public IReadOnlyList<string>? VisiblePaths => PlatformRole is not null
        ? null
        : [.. Memberships.Where(m => m.Role.Permits(Permission.ReadOrganizations)).Select(m => m.Path)];

    /// <summary>
    /// The organization, or the outcome that keeps it from the caller: not found where they may not know of it, forbidden where they may
    /// know it but lack the permission.
    /// </summary>
    public Outcome<Organization> Reach(Organization? organization, Permission permission) => organization switch
    {
        null => new Outcome<Organization>.NotFound("There is no such organization."),
        _ when RoleAt(organization.Path) is null => new Outcome<Organization>.NotFound("There is no such organization."),
        _ when !May(permission, organization.Path) => new Outcome<Organization>.Refused(Missing(permission)),
        _ => new Outcome<Organization>.Done(organization),
    };

    /// <summary>
    /// The organization for one who may do it from above: at the organization above it, or for the platform. What is set from above is not set by the
    /// organization's own people, whatever their role there.
    /// </summary>
    public Outcome<Organization> ReachFromAbove(Organization? organization, Permission permission) => organization switch
    {
        null => new Outcome<Organization>.NotFound("There is no such organization."),
        _ when RoleAt(organization.Path) is null => new Outcome<Organization>.NotFound("There is no such organization."),
        _ when MayFromAbove(organization, permission) => new Outcome<Organization>.Done(organization),
        _ when May(permission, organization.Path) => new Outcome<Organization>.Refused(
            new Refusal(RefusalCode.Forbidden, "The organization above does this, at the top the platform; its own people may not.")),
        _ => new Outcome<Organization>.Refused(Missing(permission)),
    };

    /// <summary>True where the caller may do it for the platform, or at the organization above <paramref name="organization"/>.</summary>
    public bool MayFromAbove(Organization organization, Permission permission) => MayOnPlatform(permission)
        || (organization.ParentId is not null && May(permission, organization.Path[..(organization.Path.LastIndexOf('/', organization.Path.Length - 2) + 1)]));

    /// <summary>The refusal for a missing permission.</summary>
    public static Refusal Missing(Permission permission) =>
        new(RefusalCode.Forbidden, $"The permission “{PermissionNames.Of(permission)}” is missing.");

    private bool InScope(Permission permission) => Caller.Scopes is not { } scopes || scopes.Contains(PermissionNames.ScopeOf(permission));
}
