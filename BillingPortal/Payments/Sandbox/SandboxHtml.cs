using System.Globalization;
using System.Net;
using System.Text;

namespace BillingPortal.Payments.Sandbox;

/// <summary>The sandbox's pages as text.</summary>
internal static class SandboxHtml
{
    /// <summary>Where a card is typed or picked. A refused one is not typed back.</summary>
    public static IResult Setup(SandboxSetup setup, string? refusal)
    {
        var list = new StringBuilder();
        foreach (var card in SandboxCard.All)
        {
            list.Append(CultureInfo.InvariantCulture, $"""
                <li><label><input type="radio" name="pick" value="{card.Number}"{(card == SandboxCard.All[0] ? " checked" : "")}> <span><span class="number">{card.Grouped}</span> {Text(card.Meaning)}</span></label></li>

                """);
        }

        return Page("Add a card", $"""
            {(refusal is null ? "" : $"""<p class="refusal" role="alert"><b>The card was not taken.</b> {Text(refusal)}</p>""")}
            <form method="post" autocomplete="off">
              <p><label for="number">Card number</label><input id="number" name="number" inputmode="numeric" maxlength="30" aria-describedby="hint"{(refusal is null ? "" : " aria-invalid=\"true\"")}>
              <span id="hint">Type a test number, or pick one below. Never a real card: it would be refused.</span></p>
              <p class="row">
                <span><label for="month">Expiry month</label><input id="month" name="month" inputmode="numeric" maxlength="2" size="3" value="12"></span>
                <span><label for="year">Expiry year</label><input id="year" name="year" inputmode="numeric" maxlength="4" size="5" value="34"></span>
                <span><label for="cvc">Security code</label><input id="cvc" name="cvc" inputmode="numeric" maxlength="4" size="5" value="123"></span>
              </p>
              <fieldset><legend>Test cards</legend><ul>
              {list}</ul></fieldset>
              <p class="row"><button>Add this card</button>{(setup.Organization == 0 ? $""" <a href="{Text(setup.ReturnTo)}">Go back without adding</a>""" : "")}</p>
            </form>
            """, refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>A card was taken that a program began to enter: there is nowhere to go back to.</summary>
    public static IResult Taken() => Page("The card was taken", "<p>There is nothing more to do. You can close this page.</p>", StatusCodes.Status200OK);

    /// <summary>One payment, and what its holder can do.</summary>
    public static IResult Payment(SandboxPayment payment, SandboxMethod card)
    {
        var acts = payment switch
        {
            { State: SandboxPayment.Waiting } => Act("confirm", "Confirm this payment") + Act("fail", "Refuse it"),
            { State: SandboxPayment.Paid, Dispute: null } => Act("dispute", "Dispute this payment"),
            { Dispute: "open" } => Act("win", "End the dispute: the merchant wins") + Act("lose", "End the dispute: the holder wins"),
            _ => "",
        };
        var state = payment switch
        {
            { State: SandboxPayment.Waiting } => "Waits for its holder to confirm.",
            { State: SandboxPayment.Declined } => "Declined: " + payment.Message,
            { Dispute: "open" } => "Paid, and disputed.",
            { Dispute: { } ended } => $"Paid; the dispute was {ended}.",
            _ => "Paid.",
        };
        return Page("Payment", $"""
            <dl><dt>Amount</dt><dd>{Text(payment.Money.ToString(CultureInfo.InvariantCulture))}</dd><dt>For</dt><dd>{Text(payment.Description)}</dd>
            <dt>Card</dt><dd>{Text(card.Brand)} ending in {card.Last4}</dd><dt>State</dt><dd role="status">{Text(state)}</dd></dl>
            {(acts.Length == 0 ? "<p>There is nothing more to do. You can close this page.</p>" : $"""<form method="post" class="row">{acts}</form>""")}
            """, StatusCodes.Status200OK);
    }

    /// <summary>An address that leads nowhere.</summary>
    public static IResult Nothing() => Page("Nothing here", "<p>The sandbox payment provider knows nothing by this address.</p>", StatusCodes.Status404NotFound);

    private static string Act(string name, string words) => $"""<button name="act" value="{name}">{words}</button>""";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static IResult Page(string title, string main, int status) => Results.Content($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
        <title>{{title}} · Sandbox payment provider</title>
        <style>
        :root { color-scheme: light dark; --text: light-dark(#1d2433, #e6e9f0); --soft: light-dark(#4d5566, #b3bac8); --line: light-dark(#767e8d, #8a93a5); --act: light-dark(#4c2f91, #c9b8ff); --on: light-dark(#fff, #1d1433) }
        body { font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: light-dark(#faf8ff, #15131c); margin: 0 auto; padding: 1rem; max-width: 44rem }
        h1 { font-size: 1.5rem; line-height: 1.2 } header p, #hint { color: var(--soft); margin: 0 } label { display: block } ul { list-style: none; padding: 0; margin: 0 }
        header { border: 2px dashed var(--line); padding: .75rem 1rem } .row { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center }
        li label { display: flex; gap: .5rem; padding: .25rem 0 } li label { align-items: flex-start } li input { margin: .25rem 0 0; width: 1rem; height: 1rem; flex: none } .number { font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap }
        input:not([type=radio]) { font: inherit; color: inherit; background: light-dark(#fff, #1f1c29); border: 1px solid var(--line); padding: .4rem .5rem; box-sizing: border-box } #number { width: 100% }
        fieldset { border: 1px solid var(--line); margin: 0 } button { font: inherit; color: var(--on); background: var(--act); border: 0; padding: .5rem 1rem; cursor: pointer } a { color: var(--act) }
        :focus-visible { outline: 3px solid var(--act); outline-offset: 2px } .refusal { border-left: 4px solid light-dark(#a9352d, #ff9c93); padding: .5rem .75rem } dt { color: var(--soft) } dd { margin: 0 0 .5rem }
        </style>
        </head>
        <body>
        <header><p><b>Sandbox payment provider</b></p><p>This page stands in for a payment provider's. It takes test cards only, and no money moves.</p></header>
        <main><h1>{{title}}</h1>
        {{main}}
        </main>
        </body>
        </html>
        """, "text/html; charset=utf-8", statusCode: status);
}
