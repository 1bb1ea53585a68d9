using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Capabilities.Rates;

/// <summary>Contract 4's custom rates and inclusive volumes.</summary>
internal static partial class RateEndpoints
{
    private static readonly string[] Sorts = ["id", "service", "start_date"];

    /// <summary>Maps them.</summary>
    public static void MapRates(this IEndpointRouteBuilder routes)
    {
        var rates = routes.MapNumbered("/custom_rate").WithTags("Custom rates");
        rates.MapGet("", ListAsync).Describe<IReadOnlyList<CustomRateJson>>(ListDescription, StatusCodes.Status200OK);
        rates.MapPost("", AddAsync).Describe<CustomRateJson>(AddDescription, StatusCodes.Status201Created);
        rates.MapDelete("{id}", RemoveAsync).Describe<Acknowledged>(RemoveDescription, StatusCodes.Status200OK);
        rates.MapOtherMethods("", "GET, POST");
        rates.MapOtherMethods("{id}", "DELETE");

        var volumes = routes.MapNumbered("/inclusive_volume").WithTags("Inclusive volumes");
        volumes.MapGet("active", ActiveAsync).Describe<IReadOnlyList<InclusiveVolumeJson>>(ActiveDescription, StatusCodes.Status200OK);
        volumes.MapPost("", AssignAsync).Describe<InclusiveVolumeJson>(AssignDescription, StatusCodes.Status201Created);
        volumes.MapDelete("{id}", EndAsync).Describe<Acknowledged>(EndDescription, StatusCodes.Status200OK);
        volumes.MapOtherMethods("", "POST");
        volumes.MapOtherMethods("active", "GET");
        volumes.MapOtherMethods("{id}", "DELETE");
    }

    private static async Task ListAsync([FromRoute(Name = "org_id")] string org, HttpContext context, ListRates query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is { } organization && await context.PartAsync(Sorts, ["service"]) is { } part)
        {
            await context.WriteListAsync((await query.RatesAsync(context.Caller(), organization, cancel)).Then<Listed<CustomRateJson>>(found => Part(part,
                found.Rates.Where(rate => !part.Criteria.TryGetValue("service", out var service) || rate.Service == service), rate => rate.Id, rate => rate.Service, rate => rate.Months,
                rate => CustomRateJson.Of(found.Organization.Currency, rate))));
        }
    }

    private static async Task ActiveAsync([FromRoute(Name = "org_id")] string org, HttpContext context, ListRates query, CancellationToken cancel)
    {
        if (await context.NumberAsync(org) is { } organization && await context.PartAsync(Sorts, ["service"]) is { } part)
        {
            await context.WriteListAsync((await query.ActiveVolumesAsync(context.Caller(), organization, cancel)).Then<Listed<InclusiveVolumeJson>>(found => Part(part,
                found.Volumes.Where(volume => !part.Criteria.TryGetValue("service", out var service) || volume.Service == service), volume => volume.Id, volume => volume.Service, volume => volume.Months,
                InclusiveVolumeJson.Of)));
        }
    }

    private static async Task AddAsync([FromRoute(Name = "org_id")] string org, HttpContext context, ChangingCustomRates command, CancellationToken cancel)
    {
        if (await context.ReadNumberedAsync(org, "POST custom_rate") is var (organization, call))
        {
            using (call)
            {
                var json = context.Renderer<CustomRateJson>(StatusCodes.Status201Created);
                var wish = new NumberedWish<CustomRateWish, GivenRate>(call.Form(ReadRate), call.Key, call.RequestHash,
                    outcome => json(outcome.Then<CustomRateJson>(given => new Outcome<CustomRateJson>.Done(CustomRateJson.Of(given.Currency, given.Rate)))));
                await context.WriteAsync(await command.AddAsync(context.Caller(), organization, wish, cancel));
            }
        }
    }

    private static async Task AssignAsync([FromRoute(Name = "org_id")] string org, HttpContext context, ChangingAllowances command, CancellationToken cancel)
    {
        if (await context.ReadNumberedAsync(org, "POST inclusive_volume") is var (organization, call))
        {
            using (call)
            {
                var json = context.Renderer<InclusiveVolumeJson>(StatusCodes.Status201Created);
                var wish = new NumberedWish<AllowanceWish, Allowance>(call.Form(ReadVolume), call.Key, call.RequestHash,
                    outcome => json(outcome.Then<InclusiveVolumeJson>(volume => new Outcome<InclusiveVolumeJson>.Done(InclusiveVolumeJson.Of(volume)))));
                await context.WriteAsync(await command.AddAsync(context.Caller(), organization, wish, cancel));
            }
        }
    }

    private static Task RemoveAsync([FromRoute(Name = "org_id")] string org, string id, HttpContext context, ChangingCustomRates command, CancellationToken cancel) =>
        DeleteAsync(org, id, "DELETE custom_rate", "There is no such custom rate.", context, (organization, wish) => command.RemoveAsync(context.Caller(), organization, wish, cancel));

    private static Task EndAsync([FromRoute(Name = "org_id")] string org, string id, HttpContext context, ChangingAllowances command, CancellationToken cancel) =>
        DeleteAsync(org, id, "DELETE inclusive_volume", "There is no such inclusive volume.", context, (organization, wish) => command.EndAsync(context.Caller(), organization, wish, cancel));

    private static async Task DeleteAsync(
        string org, string id, string route, string unknown, HttpContext context, Func<OrganizationId, NumberedWish<long, Acknowledged>, Task<ApiAnswer>> run)
    {
        if (await context.ReadNumberedAsync(org, $"{route} {id}") is var (organization, call))
        {
            using (call)
            {
                Outcome<long> form = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new Outcome<long>.Done(number) : new Outcome<long>.NotFound(unknown);
                await context.WriteAsync(await run(organization, new NumberedWish<long, Acknowledged>(form, call.Key, call.RequestHash, context.Renderer<Acknowledged>())));
            }
        }
    }

    private static CustomRateWish ReadRate(JsonFields fields)
    {
        var (from, until) = ReadMonths(fields);
        return new CustomRateWish
        {
            Tariff = fields.Reference("tariff"),
            Service = fields.Text("service", ChargeUsage.MaxServiceLength, required: true) ?? "",
            Ratezone = fields.Text("ratezone", RateUsage.MaxRatezoneLength) ?? "",
            Volume = fields.Exact("volume", UsageRating.Decimals) ?? ExactAmount.Zero,
            Rate = fields.Exact("rate", UsageRating.Decimals, required: true),
            Currency = fields.Object("currency") is { } currency ? currency.Text("code", 3, required: true) : null,
            From = from,
            Until = until,
        };
    }

    private static AllowanceWish ReadVolume(JsonFields fields)
    {
        var (from, until) = ReadMonths(fields);
        return new AllowanceWish
        {
            Service = fields.Text("service", ChargeUsage.MaxServiceLength, required: true) ?? "",
            Ratezone = fields.Text("ratezone", RateUsage.MaxRatezoneLength) ?? "",
            Volume = fields.Exact("volume", UsageRating.Decimals, required: true),
            From = from,
            Until = until,
        };
    }

    /// <summary>From the first day of a month to the last of one.</summary>
    private static (BillingPeriod? From, BillingPeriod? Until) ReadMonths(JsonFields fields)
    {
        var (start, end) = (fields.Day("start_date"), fields.Day("end_date"));
        if (start is { Day: not 1 })
        {
            fields.Refuse("start_date", "out_of_range", "must be the first day of a month.");
        }

        if (end is { } last && last.AddDays(1).Day != 1)
        {
            fields.Refuse("end_date", "out_of_range", "must be the last day of a month.");
        }

        return (Month(start), Month(end));
    }

    private static BillingPeriod? Month(DateOnly? day) => day is { } date ? new BillingPeriod((date.Year * 100) + date.Month) : null;

    private static Outcome<Listed<TJson>> Part<T, TJson>(ListPart part, IEnumerable<T> rows, Func<T, long> id, Func<T, string> service, Func<T, Months> months, Func<T, TJson> json)
    {
        var sorted = part.Sort switch
        {
            "service" => rows.OrderBy(service, StringComparer.Ordinal).ThenBy(id),
            "start_date" => rows.OrderBy(row => months(row).From.Number).ThenBy(id),
            _ => rows.OrderBy(id),
        };
        var all = part.Descending ? [.. sorted.Reverse()] : sorted.ToImmutableArray();
        var within = part.Within(all.Length);
        return new Outcome<Listed<TJson>>.Done(new Listed<TJson>([.. all.Skip(within.Skipped).Take(within.PerPage).Select(json)], within, all.Length));
    }

    /// <summary>The body of a custom rate.</summary>
    /// <param name="Service">What is used; 1 to 200 characters.</param>
    /// <param name="Rate">The price of one unit; at most eleven decimals.</param>
    /// <param name="Tariff">The tariff within which it holds; whatever tariff the organization has, where absent.</param>
    /// <param name="Ratezone">Where; everywhere that has no rate of its own, where absent.</param>
    /// <param name="Volume">How much is used in a month before it holds; 0 where absent.</param>
    /// <param name="Currency">The organization's.</param>
    /// <param name="StartDate">The first day of a month; of this one where absent.</param>
    /// <param name="EndDate">The last day of a month; open-ended where absent or null.</param>
    private sealed record CustomRateRequest(
        string Service, DecimalInput Rate, TariffReference? Tariff = null, string? Ratezone = null, DecimalInput? Volume = null, CurrencyJson? Currency = null, DateOnly? StartDate = null,
        DateOnly? EndDate = null);

    /// <summary>The body of an inclusive volume.</summary>
    /// <param name="Service">What is used; 1 to 200 characters.</param>
    /// <param name="Volume">How much each month; above 0.</param>
    /// <param name="Ratezone">Where; everywhere, where absent.</param>
    /// <param name="StartDate">The first day of a month, the current one or later; of this one where absent.</param>
    /// <param name="EndDate">The last day of a month; open-ended where absent or null.</param>
    private sealed record InclusiveVolumeRequest(string Service, DecimalInput Volume, string? Ratezone = null, DateOnly? StartDate = null, DateOnly? EndDate = null);
}
