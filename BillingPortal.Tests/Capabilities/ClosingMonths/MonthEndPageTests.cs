using System.Security.Claims;
using BillingPortal.Capabilities.ClosingMonths;
using BillingPortal.Domain.Invoices;
using BillingPortal.Store;
using BillingPortal.Payments;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.ClosingMonths;

public sealed class MonthEndPageTests(TestDatabases databases) : WebTest
{
    [Fact]
    public async Task A_month_is_previewed_closed_and_issued_on_one_page_and_who_is_left_out_stays_open()
    {
        await using var house = await MonthHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        await house.UserAsync("Acme", 20);
        await house.UserAsync("Beta", 5);
        house.March();
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Stores);
        Services.AddSingleton(house.Ledger.Writer).AddSingleton(house.Ledger.Options).AddScoped<CurrentCaller>();
        Services.AddSingleton(new PaymentOptions(PaymentOptions.Sandbox, Stripe: null));
        Services.AddClosingMonths();
        var person = this.AddAuthorization();
        person.SetAuthorized("Fiona");
        person.SetClaims(new Claim(ClaimTypes.NameIdentifier, "Fiona"));
        var page = Render<MonthEndPage>();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Billing countries"));

        await PressAsync("Preview closing February 2026");
        page.WaitForAssertion(() => Button("Close February 2026 for 2 organizations: $25.00 to be paid").ShouldNotBeNull());
        await page.InvokeAsync(() => page.Find("input[aria-label='Include Beta']").Change(false));
        await PressAsync("Close February 2026 for 1 organization: $20.00 to be paid");
        page.WaitForAssertion(() => page.Markup.ShouldContain("What closing made"));
        page.FindAll(".monthlines tbody tr").Single().TextContent.ShouldContain("Closed");

        await PressAsync("Preview issuing its drafts");
        page.WaitForAssertion(() => Button("Issue 1 invoice of February 2026: $20.00 to be paid").ShouldNotBeNull());
        await PressAsync("Issue 1 invoice of February 2026: $20.00 to be paid");
        page.WaitForAssertion(() => page.Markup.ShouldContain("INV-2026-0001"));
        (await house.InvoicesAsync()).Select(invoice => (invoice.Number, invoice.Status)).ShouldBe([("INV-2026-0001", InvoiceStatus.Open)]);
        (await house.LookAsync()).Select(line => line.Name).ShouldBe(["Beta"]);

        AngleSharp.Dom.IElement? Button(string words) => page.FindAll("button").FirstOrDefault(button => button.TextContent.Trim() == words);
        async Task PressAsync(string words)
        {
            page.WaitForAssertion(() => Button(words).ShouldNotBeNull());
            await page.InvokeAsync(() => Button(words)!.ClickAsync(new()));
        }
    }
}
