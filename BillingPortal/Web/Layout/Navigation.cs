using System.Collections.Immutable;
using BillingPortal.Web.Parts;

namespace BillingPortal.Web.Layout;

/// <summary>True where the person at this page holds <paramref name="permission"/> somewhere. Registered by the access floor.</summary>
/// <param name="permission">The permission's code, as in <c>journal.read</c>.</param>
public delegate Task<bool> MaySee(string permission);

/// <summary>The portal's pages as the sidebar and the palette list them. A page that does not exist yet has no line here.</summary>
public sealed class Navigation(MaySee maySee)
{
    /// <summary>Every page, in the sidebar's order.</summary>
    public static ImmutableArray<NavigationGroup> All { get; } =
    [
        new("Look up",
        [
            new("Organizations", "/", Glyph.Organizations, "organization.read", "/organizations"),
            new("Journal", "/journal", Glyph.Journal, "journal.read"),
        ]),
        new("Act",
        [
            new("Adjust balance", "/adjust", Glyph.Adjust, "balance.adjust"),
            new("Import usage", "/imports", Glyph.Upload, "usage.import"),
        ]),
        new("Close the month", [new("Trial balance", "/trial-balance", Glyph.Scales, "ledger.verify")]),
        new("Set up",
        [
            new("API tokens", "/tokens", Glyph.Key, "token.manage"),
            new("API reference", "/api", Glyph.Code, Permission: null),
            new("Password and sessions", "/account", Glyph.Lock, Permission: null),
        ]),
    ];

    /// <summary>The pages this person may see; groups left empty are left out.</summary>
    public async Task<ImmutableArray<NavigationGroup>> VisibleAsync()
    {
        var groups = ImmutableArray.CreateBuilder<NavigationGroup>();
        foreach (var group in All)
        {
            var items = ImmutableArray.CreateBuilder<NavigationItem>();
            foreach (var item in group.Items)
            {
                if (item.Permission is null || await maySee(item.Permission))
                {
                    items.Add(item);
                }
            }

            if (items.Count > 0)
            {
                groups.Add(group with { Items = items.ToImmutable() });
            }
        }

        return groups.ToImmutable();
    }
}

/// <summary>Pages for one kind of work.</summary>
/// <param name="Title">The work.</param>
/// <param name="Items">Its pages.</param>
public sealed record NavigationGroup(string Title, ImmutableArray<NavigationItem> Items);

/// <summary>One page.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Href">Its address.</param>
/// <param name="Icon">Its picture.</param>
/// <param name="Permission">What one must hold to see it; null for everyone who is signed in.</param>
/// <param name="Also">Another path whose pages belong to it.</param>
public sealed record NavigationItem(string Title, string Href, Glyph Icon, string? Permission, string? Also = null)
{
    /// <summary>True where <paramref name="path"/> is this page or one below it.</summary>
    public bool Covers(string path) => path == Href || (Href != "/" && Below(path, Href)) || (Also is not null && Below(path, Also));

    private static bool Below(string path, string top) => path == top || path.StartsWith(top + "/", StringComparison.Ordinal);
}
