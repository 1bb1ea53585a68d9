using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BillingPortal.Tests.Setup.Stripe;

/// <summary>Refunds as Stripe's documentation describes them. A card whose answers or orders are lost loses those of refunds too, the first time.</summary>
internal static class StripeRefunds
{
    public static void Map(WebApplication app, StripeServer server)
    {
        app.MapPost("/v1/refunds", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var method = server.Account.Find(form["payment_intent"].ToString()) is { } payment ? StripeAccount.Text(payment, "payment_method") : "";
            var fault = server.Account.FaultOf(context.Request.Headers["Idempotency-Key"].ToString(), method);
            if (fault is StripeFault.OrderLost)
            {
                context.Abort();
                return;
            }

            await server.AnswerAsync(context, wish => Make(server.Account, wish), lost: fault is StripeFault.AnswerLost);
        });
        app.MapGet("/v1/refunds/{id}", (string id) => server.Found(id, "refund"));
        app.MapGet("/v1/refunds", (string payment_intent) => Results.Json(new JsonObject
        {
            ["object"] = "list", ["has_more"] = false, ["data"] = new JsonArray([.. server.Account.RefundsOf(payment_intent)]),
        }));
    }

    private static (int Status, JsonObject Body) Make(StripeAccount account, IReadOnlyDictionary<string, string> form)
    {
        if (account.Find(form["payment_intent"]) is not { } payment)
        {
            return StripeServer.Failure(404, "invalid_request_error", "resource_missing", $"No such payment_intent: '{form["payment_intent"]}'");
        }

        var amount = long.Parse(form["amount"], CultureInfo.InvariantCulture);
        var left = payment["amount"]!.GetValue<long>() - account.RefundsOf(form["payment_intent"]).Sum(refund => refund["amount"]!.GetValue<long>());
        return StripeAccount.Text(payment, "status") != "succeeded" ? StripeServer.Failure(400, "invalid_request_error", "charge_not_paid", "This PaymentIntent does not have a successful charge to refund.")
            : amount > left ? StripeServer.Failure(400, "invalid_request_error", "amount_too_large", $"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).")
            : (200, account.AddRefund(form, amount));
    }
}
