using BillingPortal.Store.Plans;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Contract 2, first part: the payment balance.</summary>
internal static partial class PaymentBalanceEndpoints
{
    private const string Route = "/orgs/{id}/payment/balance";

    /// <summary>Maps it.</summary>
    public static void MapPaymentBalance(this IEndpointRouteBuilder routes)
    {
        var balance = routes.MapApi(Route, ErrorShape.PaymentBalance).WithTags("Payment balance");
        balance.MapGet("", ReadAsync).Describe<PaymentBalance>(ReadDescription, StatusCodes.Status200OK);
        balance.MapPut("", SetAsync).Describe<PaymentBalance>(SetDescription, StatusCodes.Status200OK);
        balance.MapOtherMethods("", "GET, PUT");
    }

    private static async Task ReadAsync(string id, HttpContext context, GetPaymentBalance query, CancellationToken cancel)
    {
        if (await context.UuidAsync(id) is { } organization)
        {
            await context.WriteAsync(await query.RunAsync(context.Caller(), organization, cancel));
        }
    }

    private static async Task SetAsync(string id, HttpContext context, SetPaymentBalance command, CancellationToken cancel)
    {
        using var call = await context.ReadCallAsync(id, "PUT " + Route);
        if (call is null)
        {
            return;
        }

        var form = call.Form(fields => new PaymentBalanceForm(
            fields.Micros("monthly_credits_remaining"), fields.Micros("pre_pay_cash_remaining"), fields.Micros("pre_pay_credits_remaining")));
        PlanReading? plan = null;
        var wish = call.Wish(form, (_, organization, after) => PaymentBalance.Of(organization, plan!, after.BalanceOf, after.LastRecordedAt), context);
        await context.WriteAsync(await command.RunAsync(context.Caller(), wish, read => plan = read, cancel));
    }

    /// <summary>The body of contract 2's PUT.</summary>
    /// <param name="MonthlyCreditsRemaining">What should remain of the monthly credits.</param>
    /// <param name="PrePayCashRemaining">What should remain of the cash paid in.</param>
    /// <param name="PrePayCreditsRemaining">What should remain of cash and bonus together.</param>
    private sealed record PaymentBalanceRequest(
        DecimalInput? MonthlyCreditsRemaining = null, DecimalInput? PrePayCashRemaining = null, DecimalInput? PrePayCreditsRemaining = null);
}
