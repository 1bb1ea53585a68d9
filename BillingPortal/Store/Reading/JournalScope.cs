using System.Collections.Immutable;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Reading;

/// <summary>Whose entries are read. A closed set.</summary>
public abstract record JournalScope
{
    private JournalScope() { }

    /// <summary>One organization's.</summary>
    public sealed record Of(OrganizationId Organization) : JournalScope;

    /// <summary>Everybody's.</summary>
    public sealed record Everything : JournalScope;

    /// <summary>Those of the organizations whose path lies in one of these ranges, each from its first path up to, not including, its second.</summary>
    public sealed record Trees(ImmutableArray<(string From, string Until)> Ranges) : JournalScope;

    /// <summary>What <paramref name="access"/> may read with <paramref name="permission"/>: an empty set of trees where it may read nothing.</summary>
    public static JournalScope Reachable(Access access, Permission permission)
    {
        if (access.MayOnPlatform(permission))
        {
            return new Everything();
        }

        // Paths end in '/'; the character after it ends the subtree's range. Between two neighbouring ends the role is the same.
        var ends = access.Memberships.SelectMany(m => new[] { m.Path, m.Path[..^1] + "0" }).Distinct().Order(StringComparer.Ordinal).ToArray();
        return new Trees([.. ends.Zip(ends.Skip(1)).Where(range => access.May(permission, range.First))]);
    }
}
