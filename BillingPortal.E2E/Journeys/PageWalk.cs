using System.Reflection;
using BillingPortal.E2E.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>Every page of the portal with an address to see it at, on the demo's data. A page without a line here fails the walk.</summary>
internal static class PageWalk
{
    /// <summary>By route: where the walk looks at it. Acme Robotics is 10001, its entry 1 the first payment, its entry 2 a charge.</summary>
    public static readonly IReadOnlyDictionary<string, string> Pages = new Dictionary<string, string>
    {
        ["/"] = "/",
        ["/organizations/new"] = "/organizations/new",
        ["/organizations/{Key}"] = "/organizations/10001",
        ["/organizations/{Number:long}/journal"] = "/organizations/10001/journal",
        ["/organizations/{Number:long}/journal/{Seq:long}"] = "/organizations/10001/journal/2",
        ["/organizations/{Number:long}/journal/{Seq:long}/undo"] = "/organizations/10001/journal/2/undo",
        ["/organizations/{Number:long}/as-of"] = "/organizations/10001/as-of",
        ["/organizations/{Number:long}/invoices"] = "/organizations/10013/invoices",
        ["/organizations/{Number:long}/invoices/{Ordinal:int}"] = "/organizations/10013/invoices/1?act=send",
        ["/organizations/{Number:long}/statement"] = "/organizations/10001/statement",
        ["/organizations/{Number:long}/adjust"] = "/organizations/10001/adjust?direction=add&bucket=bonus&amount=5&reason=goodwill",
        ["/organizations/{Number:long}/plan"] = "/organizations/10002/plan?step=plan",
        ["/organizations/{Number:long}/recharges"] = "/organizations/10019/recharges",
        ["/organizations/{Number:long}/recharges/{Recharge:long}"] = "/organizations/10019/recharges/1",
        ["/organizations/{Number:long}/billing-details"] = "/organizations/10001/billing-details",
        ["/organizations/{Number:long}/cards"] = "/organizations/10001/cards",
        ["/organizations/{Number:long}/cards/return"] = "/organizations/10001/cards/return",
        ["/organizations/{Number:long}/checkout/{Session}"] = "/organizations/10001/checkout/cs_none",
        ["/organizations/{Number:long}/sub-organizations"] = "/organizations/10001/sub-organizations",
        ["/organizations/{Number:long}/sub-organizations/new"] = "/organizations/10001/sub-organizations/new",
        ["/organizations/{Number:long}/settings"] = "/organizations/10001/settings",
        ["/organizations/{Number:long}/members"] = "/organizations/10001/members",
        ["/organizations/{Number:long}/rates"] = "/organizations/10013/rates",
        ["/organizations/{Number:long}/usage"] = "/organizations/10013/usage",
        ["/organizations/{Number:long}/usage/rate-again"] = "/organizations/10013/usage/rate-again",
        ["/rates"] = "/rates",
        ["/organizations/{Number:long}/billing"] = "/organizations/10001/billing",
        ["/organizations/{Number:long}/billing-configuration"] = "/organizations/10001/billing-configuration",
        ["/organizations/{Number:long}/prepaid-balance"] = "/organizations/10001/prepaid-balance",
        ["/organizations/{Number:long}/sub-organizations/billing"] = "/organizations/10001/sub-organizations/billing?ids=10002,10003",
        ["/organizations/{Number:long}/paid-charges"] = "/organizations/10002/paid-charges",
        ["/organizations/{Number:long}/transfer"] = "/organizations/10001/transfer?with=10002",
        ["/organizations/{Number:long}/journal/{Seq:long}/undo-transfer"] = "/organizations/10001/journal/2/undo-transfer",
        ["/journal"] = "/journal",
        ["/invoices"] = "/invoices",
        ["/notifications"] = "/notifications",
        ["/mail"] = "/mail",
        ["/adjust"] = "/adjust",
        ["/imports"] = "/imports",
        ["/imports/{Import:long}"] = "/imports/1",
        ["/trial-balance"] = "/trial-balance",
        ["/month-end"] = "/month-end?month=2024-09",
        ["/organizations/{Number:long}/refunds"] = "/organizations/10019/refunds",
        ["/organizations/{Number:long}/voucher"] = "/organizations/10001/voucher",
        ["/vouchers"] = "/vouchers",
        ["/organizations/{Number:long}/months"] = "/organizations/10001/months",
        ["/plans"] = "/plans",
        ["/plans/{Code}"] = "/plans/advanced",
        ["/tokens"] = "/tokens",
        ["/api"] = "/api",
        ["/account"] = "/account",
        ["/sign-in"] = "/sign-in",
        ["/not-found"] = "/not-found",
        ["/error"] = "/error",
    };

    /// <summary>What a page shows when there is nothing, or nothing for this person: address and words.</summary>
    public static readonly IReadOnlyDictionary<string, string> States = new Dictionary<string, string>
    {
        ["/?q=zzzz"] = "No organization matches",
        ["/organizations/10001/journal?service=zzzz"] = "No entry matches",
        ["/organizations/10018"] = "Charges are refused",
        ["/organizations/99999"] = "No such organization",
        ["/organizations/10001/cards"] = "No card on file",
        ["/organizations/10002/recharges"] = "No recharges yet",
        ["/organizations/10019/recharges?state=unknown"] = "No recharge matches",
        ["/organizations/10019/recharges/99"] = "There is no such recharge",
        ["/organizations/99999/recharges"] = "tree that is not yours",
        ["/organizations/99999/cards"] = "tree that is not yours",
        ["/organizations/99999/journal"] = "tree that is not yours",
        ["/invoices?q=zzzz"] = "No invoice matches",
        ["/organizations/10001/invoices"] = "No invoices yet",
        ["/organizations/10013/invoices/999"] = "There is no such invoice",
        ["/organizations/99999/invoices"] = "tree that is not yours",
        ["/organizations/10001/statement?from=soon"] = "is not a day",
        ["/organizations/99999/statement"] = "tree that is not yours",
        ["/organizations/10001/sub-organizations?q=zzzz"] = "None matches",
        ["/organizations/99999/sub-organizations"] = "There is no such organization",
        ["/organizations/99999/settings"] = "There is no such organization",
        ["/organizations/99999/members"] = "There is no such organization",
        ["/organizations/99999/adjust"] = "You cannot adjust this balance",
        ["/organizations/10002/plan"] = "Next charge",
        ["/organizations/10005/plan"] = "25 % off in 2 more periods",
        ["/organizations/10009/plan"] = "Keep Advanced",
        ["/organizations/10014/plan"] = "if there is a card by then",
        ["/organizations/10015/plan"] = "from when the plan is chosen here",
        ["/organizations/10002/plan?step=cancel"] = "What is lost with Standard",
        ["/organizations/99999/plan"] = "tree that is not yours",
        ["/organizations/99999/billing"] = "You cannot change these settings",
        ["/organizations/99999/billing-configuration"] = "You cannot see this configuration",
        ["/organizations/10006/prepaid-balance"] = "pays by invoice and has no prepaid balance",
        ["/organizations/99999/prepaid-balance"] = "There is no such organization",
        ["/organizations/10001/journal/99999"] = "tree that is not yours",
        ["/organizations/10001/journal/99999/undo"] = "You cannot undo this entry",
        ["/notifications?kind=payment_disputed&unread=1"] = "No notification matches",
        ["/organizations/99999/transfer"] = "You cannot transfer this balance",
        ["/organizations/10001/journal/2/undo-transfer"] = "You cannot undo this transfer",
        ["/adjust?q=zzzz"] = "None matches",
        ["/no/such/page"] = "There is no such page",
    };

    /// <summary>The routes of all pages, as the router knows them.</summary>
    public static IEnumerable<string> Routes => typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template);

    /// <summary>Opens a page and waits until it has read what it shows.</summary>
    public static async Task LookAsync(IPage page, string path)
    {
        if (Static.Contains(path))
        {
            await page.GotoAsync(path);
        }
        else
        {
            await new AnyPage(page).OpenAsync(path);
        }

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Locator("main .skrows:visible")).ToHaveCountAsync(0);
    }

    private static readonly string[] Static = ["/sign-in", "/account", "/error"];
}
