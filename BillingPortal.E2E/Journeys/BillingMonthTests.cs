using BillingPortal.Domain.Invoices;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>What finance administrators do in a month: details, configuration and rates of a customer, and closing September 2024 for an imported bill.</summary>
public sealed class BillingMonthTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    private const long Customer = 10_013, Volumes = 10_008;

    private BillingMonth Work => new(Page);

    [Fact]
    public async Task Details_with_a_wrong_then_a_right_number_then_prepaid_once_its_volume_has_ended_and_a_rate_that_ends_an_older_one()
    {
        await new SigningIn(Page).AsAsync(DemoPeople.Finance, $"/organizations/{Customer}/billing-details");
        await Work.WriteAsync("Number", "DE136695977");
        await Work.PressAsync(Shape.Begins("Save"));
        await Expect(Work.Main).ToContainTextAsync("check digit");
        await Work.WriteAsync("Number", "DE 136 695 976");
        await Work.PressAsync(Shape.Begins("Save"));
        await Expect(Work.Main).ToContainTextAsync("DE136695976");
        await Page.ShouldBeAccessibleAsync();

        await Work.OpenAsync($"/organizations/{Volumes}/rates");
        var allowance = Page.GetByRole(AriaRole.Form, new() { Name = "Add an inclusive volume or a data package" });
        await allowance.GetByLabel("Service", new() { Exact = true }).FillAsync("data");
        await allowance.GetByLabel("Volume a month").FillAsync("500");
        await Work.PressAsync("Add inclusive volume");
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = Shape.Begins("End inclusive volume") })).ToBeVisibleAsync();

        await Work.OpenAsync($"/organizations/{Volumes}/billing-configuration");
        await Page.GetByText("Prepaid", new() { Exact = true }).Last.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "What will happen" })).ToContainTextAsync("nclusive volume");
        await Page.ShouldBeAccessibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "To its rates and volumes" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = Shape.Begins("End inclusive volume") }).ClickAsync();
        await Page.Locator(".btn--danger").ClickAsync();
        await Expect(Work.Main).ToContainTextAsync("ended.");

        await Work.OpenAsync($"/organizations/{Volumes}/billing-configuration");
        await Page.GetByText("Prepaid", new() { Exact = true }).Last.ClickAsync();
        await Work.PressAsync(Shape.Ends("to prepaid"));
        await Expect(Work.Receipt).ToContainTextAsync("Saved the billing configuration");

        await Work.OpenAsync($"/organizations/{Volumes}/rates");
        await AddRateAsync("0.02");
        await AddRateAsync("0.015", "ends with", "is never used");
        await Page.ShouldBeAccessibleAsync();
    }

    private async Task AddRateAsync(string price, params string[] ends)
    {
        var rate = Page.GetByRole(AriaRole.Form, new() { Name = "Add a custom rate" });
        await rate.GetByLabel("Service", new() { Exact = true }).FillAsync("data");
        await rate.GetByLabel("Price of one unit").FillAsync(price);
        await rate.GetByLabel("Price of one unit").PressAsync("Tab");
        await rate.GetByRole(AriaRole.Button, new() { Name = "Show what it does" }).ClickAsync();
        if (ends.Length > 0)
        {
            await Expect(rate).ToContainTextAsync(Shape.OneOf(ends));
        }

        await rate.GetByRole(AriaRole.Button, new() { NameRegex = Shape.Begins("Add ") }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = Shape.Begins("Delete custom rate") }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task September_is_closed_for_an_imported_bill_issued_sent_paid_and_credited_and_the_reseller_sees_only_theirs()
    {
        await Bill.ImportAsync(Page);
        await Work.OpenAsync("/month-end?month=2024-09");
        await Work.PressAsync("Preview closing September 2024");
        await Work.PressAsync(Shape.Begins("Close September 2024 for"));
        await Expect(Work.Main).ToContainTextAsync("What closing made");
        await Page.ShouldBeAccessibleAsync();
        await Work.PressAsync("Preview issuing its drafts");
        await Work.PressAsync(Shape.Begins("Issue "));
        await Expect(Work.Main).ToContainTextAsync("INV-");

        var invoices = await InvoicesAsync();
        var (sent, credited) = (invoices[0], invoices[1]);
        invoices.Select(invoice => invoice.Number).Order(StringComparer.Ordinal).ShouldBeUnique();

        await Work.OpenAsync($"/organizations/{sent.Organization}/invoices/{sent.Ordinal}?act=send");
        await Work.WriteAsync("Mail address", "ap@example.test");
        await Work.PressAsync(Shape.Begins("Send "));
        await Expect(Work.Receipt).ToBeVisibleAsync();
        await Work.OpenAsync($"/organizations/{sent.Organization}/invoices/{sent.Ordinal}?act=pay");
        await Work.WriteAsync("Amount paid", (sent.Due / 1_000_000m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        await Work.PressAsync(Shape.Begins("Record "));
        await Expect(Work.Receipt).ToBeVisibleAsync();
        await Work.OpenAsync($"/organizations/{sent.Organization}/invoices/{sent.Ordinal}");
        await Expect(Work.Main).ToContainTextAsync("Paid");
        await Page.ShouldBeAccessibleAsync();

        await Work.OpenAsync($"/organizations/{credited.Organization}/invoices/{credited.Ordinal}?act=credit");
        await Page.GetByLabel("Parts of lines").CheckAsync();
        await Page.GetByLabel(Shape.Begins("Take back of")).First.FillAsync("0.01");
        await Work.WriteAsync("Reason", "Billed twice");
        await Work.PressAsync(Shape.Begins("Credit "));
        await Expect(Work.Receipt).ToBeVisibleAsync();
        (await InvoicesAsync()).Single(invoice => invoice.Organization == credited.Organization).Outstanding.ShouldBe(credited.Outstanding - 10_000);

        var reseller = await AnotherPersonAsync();
        await new SigningIn(reseller).AsAsync(DemoPeople.Reseller, "/invoices");
        await Expect(new BillingMonth(reseller).Main).Not.ToContainTextAsync(sent.Number!);
        var answer = await reseller.APIRequest.GetAsync($"/organizations/{sent.Organization}/invoices/{sent.Ordinal}.csv");
        answer.Status.ShouldBe(404);
    }

    private async Task<IReadOnlyList<(long Organization, int Ordinal, string? Number, long Due, long Outstanding)>> InvoicesAsync()
    {
        await using var store = await Portal.Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        var rows = await store.Invoices.Where(invoice => invoice.Period == 202409 && invoice.Kind == InvoiceKind.Invoice).OrderByDescending(invoice => invoice.Total).ThenBy(invoice => invoice.OrganizationId).ToListAsync();
        return [.. rows.Select(row => (row.OrganizationId, row.Ordinal, row.Number, row.Due, row.Outstanding))];
    }
}
