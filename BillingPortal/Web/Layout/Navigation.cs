using System.Collections.Immutable;
using BillingPortal.Domain.Access;
using BillingPortal.Web.Parts;

namespace BillingPortal.Web.Layout;

/// <summary>Reads what the person at this page holds somewhere: true for each such permission. Null where nobody is signed in.</summary>
public delegate Task<Predicate<Permission>?> MaySee();

/// <summary>The portal's pages as the sidebar and the palette list them. A page that does not exist yet has no line here.</summary>
public sealed class Navigation(MaySee maySee)
{
    /// <summary>Every page, in the sidebar's order.</summary>
    public static ImmutableArray<NavigationGroup> All { get; } =
    [
        new("Look up",
        [
            new("Organizations", "/", Glyph.Organizations, Permission.ReadOrganizations, "/organizations"),
            new("Journal", "/journal", Glyph.Journal, Permission.ReadJournal),
            new("Invoices", "/invoices", Glyph.Invoice, Permission.ReadInvoices),
            new("Notifications", "/notifications", Glyph.Bell, Permission.ReadOrganizations),
        ]),
        new("Act",
        [
            new("Adjust balance", "/adjust", Glyph.Adjust, Permission.AdjustBalances, Ends: "/adjust"),
            new("Import usage", "/imports", Glyph.Upload, Permission.ImportUsage),
        ]),
        new("Close the month",
        [
            new("Month end", "/month-end", Glyph.Calendar, Permission.ClosePeriods),
            new("Trial balance", "/trial-balance", Glyph.Scales, Permission.ReadBooks),
        ]),
        new("Set up",
        [
            new("Rates and tax", "/rates", Glyph.Tag, Permission.ReadBooks),
            new("Plans", "/plans", Glyph.Tag, Permission.ManagePlans),
            new("Vouchers", "/vouchers", Glyph.Tag, Permission.IssueVouchers),
            new("API tokens", "/tokens", Glyph.Key, Permission.ManageOwnTokens),
            new("API reference", "/api", Glyph.Code, Needs: null),
            new("Password and sessions", "/account", Glyph.Lock, Needs: null),
        ]),
    ];

    /// <summary>The pages this person may see; groups left empty are left out.</summary>
    public async Task<ImmutableArray<NavigationGroup>> VisibleAsync()
    {
        if (await maySee() is not { } may)
        {
            return [];
        }

        var groups = ImmutableArray.CreateBuilder<NavigationGroup>();
        foreach (var group in All)
        {
            var items = ImmutableArray.CreateBuilder<NavigationItem>();
            foreach (var item in group.Items)
            {
                if (item.Needs is not { } needed || may(needed))
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
/// <param name="Needs">What one must hold to see it; null for everyone who is signed in.</param>
/// <param name="Also">Another path whose pages belong to it.</param>
/// <param name="Ends">The end of the paths of its pages about one organization.</param>
public sealed record NavigationItem(string Title, string Href, Glyph Icon, Permission? Needs, string? Also = null, string? Ends = null)
{
    /// <summary>True where <paramref name="path"/> is this page or one below it.</summary>
    public bool Covers(string path) => path == Href || (Href != "/" && Below(path, Href)) || ClaimsEnd(path)
        || (Also is not null && Below(path, Also) && !Navigation.All.Any(group => group.Items.Any(item => item.ClaimsEnd(path))));

    private bool ClaimsEnd(string path) => Ends is not null && path.EndsWith(Ends, StringComparison.Ordinal);

    private static bool Below(string path, string top) => path == top || path.StartsWith(top + "/", StringComparison.Ordinal);
}
