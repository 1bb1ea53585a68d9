using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BillingPortal.Tests.Setup.Stripe;

/// <summary>The hosted page of a Checkout Session in setup mode, as far as a browser's test needs it: one field, one button.</summary>
internal static class StripeHostedPage
{
    public static void Map(IEndpointRouteBuilder routes, StripeAccount account)
    {
        routes.MapGet("/c/pay/{session}", (string session) => account.Find(session) is null ? Results.NotFound() : Page(refusal: null));
        routes.MapPost("/c/pay/{session}", async (string session, HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var (back, refusal) = account.Complete(session, form["number"].ToString());
            return back is null ? Page(refusal) : Results.Redirect(back);
        });
    }

    private static IResult Page(string? refusal) => Results.Content($"""
        <!DOCTYPE html><html lang="en"><title>Checkout</title><body><p role="alert">{WebUtility.HtmlEncode(refusal)}</p>
        <form method="post"><label>Card number <input name="number"></label><button>Save card</button></form></body></html>
        """, "text/html");
}
