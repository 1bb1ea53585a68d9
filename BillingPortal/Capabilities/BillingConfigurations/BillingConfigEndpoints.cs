using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>Contract 4's billing configuration, its look-up tables, and the billing periods.</summary>
internal static partial class BillingConfigEndpoints
{
    private const int MaxVatin = 64;

    /// <summary>Maps them.</summary>
    public static void MapBillingConfigurations(this IEndpointRouteBuilder routes)
    {
        var config = routes.MapNumbered("/billing_config").WithTags("Billing configuration");
        config.MapGet("", ReadAsync).Describe<BillingConfigJson>(ReadDescription, StatusCodes.Status200OK);
        config.MapPatch("", ChangeAsync).Describe<Acknowledged>(ChangeDescription, StatusCodes.Status200OK);
        config.MapGet("charging_model", ModelsAsync).Describe<IReadOnlyList<NamedNumber>>(ModelsDescription, StatusCodes.Status200OK);
        config.MapGet("payment_term", TermsAsync).Describe<IReadOnlyList<NamedNumber>>(TermsDescription, StatusCodes.Status200OK);
        config.MapGet("vat_rate", RatesAsync).Describe<IReadOnlyList<RateJson>>(RatesDescription, StatusCodes.Status200OK);
        config.MapOtherMethods("", "GET, PATCH");

        var billing = routes.MapNumbered("/billing").WithTags("Billing configuration");
        billing.MapGet("", PeriodsAsync).Describe<IReadOnlyList<NamedNumber>>(PeriodsDescription, StatusCodes.Status200OK);
        billing.MapOtherMethods("", "GET");
    }

    private static async Task ReadAsync([FromRoute(Name = "org_id")] string org, HttpContext context, GetBillingConfiguration query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is { } organization)
        {
            await context.WriteAsync((await query.RunAsync(context.Caller(), organization, cancel)).Then<BillingConfigJson>(found => new Outcome<BillingConfigJson>.Done(BillingConfigJson.Of(found))));
        }
    }

    private static async Task ChangeAsync([FromRoute(Name = "org_id")] string org, HttpContext context, ConfiguringBilling command, CancellationToken cancel)
    {
        if (await context.ReadNumberedAsync(org, "PATCH billing_config") is not var (organization, call))
        {
            return;
        }

        using (call)
        {
            var wish = new ConfigurationWish(call.Form(Read), call.Key, call.RequestHash, context.Renderer<Acknowledged>());
            await context.WriteAsync(await command.RunAsync(context.Caller(), organization, wish, cancel));
        }
    }

    private static ConfigurationPatch Read(JsonFields fields)
    {
        var (infoSent, info) = fields.TextOrNull("invoice_issuer_info", BillingConfig.MaxText);
        var data = fields.ObjectText("payment_data", BillingConfig.MaxText);
        return new ConfigurationPatch(fields.Whole("id"), fields.PlainText("vatin", MaxVatin), new BillingConfigWish
        {
            ChargingModel = (ChargingModel?)fields.Reference("charging_model"),
            PaymentTerm = fields.Reference("payment_term"),
            VatRate = fields.Reference("vat_rate"),
            IssuerInfo = infoSent ? Setting.To(info) : default,
            PaymentData = data is null ? default : Setting.To(data == "{}" ? null : data),
        });
    }

    private static Task ModelsAsync([FromRoute(Name = "org_id")] string org, HttpContext context, LookUp query, CancellationToken cancel) => TableAsync(org, context, query, LookUp.Models, cancel);

    private static Task TermsAsync([FromRoute(Name = "org_id")] string org, HttpContext context, LookUp query, CancellationToken cancel) => TableAsync(org, context, query, LookUp.Terms, cancel);

    private static Task RatesAsync([FromRoute(Name = "org_id")] string org, HttpContext context, LookUp query, CancellationToken cancel) => TableAsync(org, context, query, LookUp.Rates, cancel);

    private static async Task TableAsync<T>(string org, HttpContext context, LookUp query, IReadOnlyList<T> table, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is { } organization)
        {
            await context.WriteAsync(await query.RunAsync(context.Caller(), organization, table, cancel));
        }
    }

    private static async Task PeriodsAsync([FromRoute(Name = "org_id")] string org, HttpContext context, ListBillingPeriods query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is { } organization && await context.PartAsync(["id"], []) is { } part)
        {
            await context.WriteListAsync((await query.RunAsync(context.Caller(), organization, cancel)).Then<Listed<NamedNumber>>(periods =>
            {
                var within = part.Within(periods.Count);
                var sorted = part is { Sort: not null, Descending: false } ? periods.Reverse() : periods;
                return new Outcome<Listed<NamedNumber>>.Done(new Listed<NamedNumber>([.. sorted.Skip(within.Skipped).Take(within.PerPage)], within, periods.Count));
            }));
        }
    }

    /// <summary>What is to change; what is absent stays.</summary>
    /// <param name="Vatin">The tax number, at most 64 characters; blank clears.</param>
    /// <param name="InvoiceIssuerInfo">Further words of the issuer, printed on invoices; null clears.</param>
    /// <param name="Id">The organization's number; another's is refused.</param>
    /// <param name="ChargingModel">0 postpaid, 1 prepaid.</param>
    /// <param name="PaymentTerm">A line of the payment terms.</param>
    /// <param name="PaymentData">Anything said of how it pays, in place of what stands; {} clears.</param>
    /// <param name="VatRate">A line of the VAT rates.</param>
    private sealed record ConfigRequest(
        string? Vatin = null, string? InvoiceIssuerInfo = null, long? Id = null, ReferenceRequest? ChargingModel = null, ReferenceRequest? PaymentTerm = null, JsonElement? PaymentData = null,
        ReferenceRequest? VatRate = null);

    /// <summary>A line of a look-up table.</summary>
    /// <param name="Id">Its number.</param>
    private sealed record ReferenceRequest(long Id);
}
