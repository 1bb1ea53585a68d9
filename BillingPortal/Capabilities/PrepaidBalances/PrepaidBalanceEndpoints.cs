using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>Contract 4's prepaid balance, its transactions, and their look-up tables.</summary>
internal static partial class PrepaidBalanceEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapPrepaidBalances(this IEndpointRouteBuilder routes)
    {
        var balance = routes.MapNumbered("/balance").WithTags("Prepaid balance");
        balance.MapGet("", ReadAsync).Describe<PrepaidBalanceJson>(ReadDescription, StatusCodes.Status200OK);
        balance.MapPost("", AddAsync).Describe<Acknowledged>(AddDescription, StatusCodes.Status200OK);
        balance.MapDelete("", ResetAsync).Describe<Acknowledged>(ResetDescription, StatusCodes.Status200OK);
        balance.MapGet("transaction", ListAsync).Describe<IReadOnlyList<BalanceTransactionJson>>(ListDescription, StatusCodes.Status200OK);
        balance.MapGet("transaction/type", TypesAsync).Describe<IReadOnlyList<PrepaidWordJson>>(TypesDescription, StatusCodes.Status200OK);
        balance.MapGet("payment_option", OptionsAsync).Describe<IReadOnlyList<PrepaidWordJson>>(OptionsDescription, StatusCodes.Status200OK);
        balance.MapOtherMethods("", "GET, POST, DELETE");
        balance.MapOtherMethods("transaction", "GET");
    }

    private static async Task ReadAsync([FromRoute(Name = "org_id")] string org, HttpContext context, GetPrepaidBalance query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is { } organization)
        {
            await context.WriteAsync((await query.RunAsync(context.Caller(), organization, cancel)).Then<PrepaidBalanceJson>(found => new Outcome<PrepaidBalanceJson>.Done(PrepaidBalanceJson.Of(found))));
        }
    }

    private static async Task AddAsync([FromRoute(Name = "org_id")] string org, HttpContext context, AddingToBalance command, CancellationToken cancel)
    {
        if (await context.ReadNumberedAsync(org, "POST balance") is var (organization, call))
        {
            using (call)
            {
                await context.WriteAsync(await command.RunAsync(context.Caller(), organization, call.Wish(call.Form(Read), (_, _, _) => Acknowledged.It, context), cancel));
            }
        }
    }

    private static AddToBalanceForm Read(JsonFields fields) => new()
    {
        Amount = fields.Micros("amount", required: true) / (decimal)Money.Unit,
        Currency = fields.Object("currency")?.PlainText("code", 3),
        Type = fields.Reference("type") ?? PrepaidTransactions.TopUp,
        PaymentOption = fields.Reference("payment_option"),
        Reference = fields.PlainText("external_payment_identifier", AddToBalance.MaxReference) ?? "",
    };

    private static async Task ResetAsync([FromRoute(Name = "org_id")] string org, HttpContext context, ResettingBalance command, CancellationToken cancel)
    {
        if (await context.ReadNumberedAsync(org, "DELETE balance") is var (organization, call))
        {
            using (call)
            {
                var wish = call.Wish(new Outcome<ResetBalanceForm>.Done(new ResetBalanceForm()), (_, _, _) => Acknowledged.It, context);
                await context.WriteAsync(await command.RunAsync(context.Caller(), organization, wish, cancel));
            }
        }
    }

    private static async Task ListAsync([FromRoute(Name = "org_id")] string org, HttpContext context, ListBalanceTransactions query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is not { } organization || await context.PartAsync(ListDescription.Sorts!, ["type"]) is not { } part)
        {
            return;
        }

        ImmutableArray<int> types = [];
        if (part.Criteria.TryGetValue("type", out var wanted))
        {
            if (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var type) || PrepaidTransactions.Find(PrepaidTransactions.Types, type) is null)
            {
                await context.WriteAsync(Problem.Of("invalid_query", $"Search criteria type:{wanted} is invalid. There is no such transaction type."));
                return;
            }

            types = [type];
        }

        var order = (part.Sort == "amount", part.Sort is null || part.Descending);
        await context.WriteListAsync((await query.RunAsync(context.Caller(), organization, types, order, part.Page, part.PerPage, cancel)).Then<Listed<BalanceTransactionJson>>(page =>
            new Outcome<Listed<BalanceTransactionJson>>.Done(new Listed<BalanceTransactionJson>([.. page.Rows.Select(BalanceTransactionJson.Of)], part with { Page = page.Page }, page.Total))));
    }

    private static async Task TypesAsync([FromRoute(Name = "org_id")] string org, HttpContext context, LookUpPrepaid query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is { } organization)
        {
            await context.WriteAsync(await query.RunAsync(context.Caller(), organization, PrepaidTransactions.Types, cancel));
        }
    }

    private static async Task OptionsAsync([FromRoute(Name = "org_id")] string org, HttpContext context, LookUpPrepaid query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is { } organization)
        {
            await context.WriteAsync(await query.RunAsync(context.Caller(), organization, PrepaidTransactions.PaymentOptions, cancel));
        }
    }

    /// <summary>What is added to a prepaid balance.</summary>
    /// <param name="Amount">How much, above zero: it is always added, whatever the type.</param>
    /// <param name="ExternalPaymentIdentifier">The payment's identifier elsewhere, at most 100 characters; the same one is booked once.</param>
    /// <param name="PaymentOption">A line of the payment options.</param>
    /// <param name="Type">1 top-up, 2 credit note, 3 balance reset; 1 where absent.</param>
    /// <param name="Currency">The amount's currency, where the program wants it checked.</param>
    private sealed record AddRequest(
        DecimalInput Amount, string? ExternalPaymentIdentifier = null, PrepaidReferenceRequest? PaymentOption = null, PrepaidReferenceRequest? Type = null, PrepaidCurrencyRequest? Currency = null);

    /// <summary>A line of a look-up table.</summary>
    /// <param name="Id">Its number.</param>
    private sealed record PrepaidReferenceRequest(long Id);

    /// <summary>A currency.</summary>
    /// <param name="Code">ISO 4217.</param>
    private sealed record PrepaidCurrencyRequest(string Code);
}
