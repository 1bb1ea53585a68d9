using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Access;

namespace BillingPortal.Web.Parts;

/// <summary>A part of what is known about one organization, with its pages; the first of them is where the part opens.</summary>
/// <param name="Title">What a person calls it.</param>
/// <param name="Views">Its pages, in the order of use.</param>
public sealed record OrganizationArea(string Title, ImmutableArray<OrganizationView> Views)
{
    /// <summary>Every part, in the order in which they stand below a page's head.</summary>
    public static ImmutableArray<OrganizationArea> All { get; } =
    [
        Alone(new("Overview", "", Glyph.Organizations, Permission.ReadOrganizations)),
        new("Balance",
        [
            new("Prepaid balance", "/prepaid-balance", Glyph.Adjust, Permission.ReadOrganizations),
            new("Recharge and cap", "/billing", Glyph.Bolt, Permission.ReadJournal),
            new("Recharges", "/recharges", Glyph.Bolt, Permission.ReadJournal),
            new("Cards", "/cards", Glyph.Card, Permission.ReadOrganizations),
            new("Refunds", "/refunds", Glyph.Undo, Permission.ReadJournal),
            new("Redeem a voucher", "/voucher", Glyph.Tag, Permission.ManageBilling),
        ]),
        new("Usage and rates",
        [
            new("Usage", "/usage", Glyph.Gauge, Permission.ReadJournal),
            new("Rates", "/rates", Glyph.Tag, Permission.ReadJournal),
        ]),
        new("Invoices",
        [
            new("Invoices", "/invoices", Glyph.Invoice, Permission.ReadInvoices),
            new("Statement", "/statement", Glyph.Invoice, Permission.ReadJournal),
            new("Months", "/months", Glyph.Calendar, Permission.ReadJournal),
        ]),
        Alone(new("Plan", "/plan", Glyph.Tag, Permission.ReadOrganizations)),
        new("Journal",
        [
            new("Journal", "/journal", Glyph.Journal, Permission.ReadJournal),
            new("Balance as of", "/as-of", Glyph.AsOf, Permission.ReadJournal),
        ]),
        Alone(new("Sub-organizations", "/sub-organizations", Glyph.Organizations, Permission.ReadOrganizations)),
        new("Details",
        [
            new("Billing details", "/billing-details", Glyph.Invoice, Permission.ReadOrganizations),
            new("Billing configuration", "/billing-configuration", Glyph.Adjust, Permission.ReadJournal),
            new("Members", "/members", Glyph.People, Permission.ReadOrganizations),
            new("Settings", "/settings", Glyph.Organizations, Permission.ReadOrganizations),
        ]),
    ];

    /// <summary>The page that <paramref name="path"/> is, or is below of, as "/organizations/10001/recharges/2" is below of the recharges; null for a page of no part.</summary>
    public static OrganizationView? At(string path)
    {
        var end = path.Split('/') is ["", "organizations", _, .. var rest] ? string.Concat(rest.Select(part => "/" + part)) : null;
        return end is null ? null : All.SelectMany(area => area.Views).FirstOrDefault(view => view.Covers(end));
    }

    private static OrganizationArea Alone(OrganizationView view) => new(view.Title, [view]);
}

/// <summary>A page about one organization.</summary>
/// <param name="Title">Its name, also its heading.</param>
/// <param name="End">The end of its address, after the organization's number.</param>
/// <param name="Icon">Its picture in lists of pages.</param>
/// <param name="Needs">What one must hold at the organization to read it.</param>
public sealed record OrganizationView(string Title, string End, Glyph Icon, Permission Needs)
{
    /// <summary>Its address for one organization.</summary>
    public string Of(long organization) => string.Create(CultureInfo.InvariantCulture, $"/organizations/{organization}{End}");

    internal bool Covers(string end) => end == End || (End.Length > 0 && end.StartsWith(End + "/", StringComparison.Ordinal));
}
