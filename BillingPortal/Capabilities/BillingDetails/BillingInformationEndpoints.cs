using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Contract 2's neighbours: an organization's own billing information.</summary>
internal static partial class BillingInformationEndpoints
{
    private const string Route = "/org/payment";

    /// <summary>Maps them.</summary>
    public static void MapBillingInformation(this IEndpointRouteBuilder routes)
    {
        var information = routes.MapApi(Route, ErrorShape.PaymentBalance).WithTags("Billing information");
        information.MapGet("", ReadAsync).Describe<BillingInformation>(ReadDescription, StatusCodes.Status200OK);
        information.MapPost("", CreateAsync).Describe<BillingInformation>(CreateDescription, StatusCodes.Status201Created);
        information.MapPut("", ChangeAsync).Describe<BillingInformation>(ChangeDescription, StatusCodes.Status200OK);
        information.MapDelete("", DeleteAsync).Describe<object>(DeleteDescription, StatusCodes.Status204NoContent);
        information.MapGet("tax", ValidateAsync).Describe<object>(TaxDescription, StatusCodes.Status204NoContent);
        information.MapOtherMethods("", "GET, POST, PUT, DELETE");
        information.MapOtherMethods("tax", "GET");
    }

    private static async Task ReadAsync(HttpContext context, GetBillingInformation query, CancellationToken cancel) =>
        await context.WriteAsync(await query.RunAsync(context.Caller(), SlugIn(context), cancel));

    private static Task CreateAsync(HttpContext context, ChangeDetails command, CancellationToken cancel) => SetAsync(
        context, command, "POST", StatusCodes.Status201Created, stored => BillingInformation.IsThere(stored.Details)
            ? new Refusal(RefusalCode.Taken, "There is billing information already. Change it with PUT.")
            : null, cancel);

    private static Task ChangeAsync(HttpContext context, ChangeDetails command, CancellationToken cancel) =>
        SetAsync(context, command, "PUT", StatusCodes.Status200OK, demand: null, cancel);

    private static async Task DeleteAsync(HttpContext context, ChangeDetails command, CancellationToken cancel)
    {
        using var call = await CallAsync(context, "DELETE");
        if (call is not null)
        {
            var render = context.Renderer<StoredDetails>();
            var cleared = BillingInformation.Own.Concat(BillingInformation.OfAddress).Aggregate(DetailsChange.None, (change, named) => change.With(named.Field, null));
            var wish = new DetailsWish(new Outcome<DetailsChange>.Done(cleared), call.Key, call.RequestHash,
                outcome => outcome is Outcome<StoredDetails>.Done ? new ApiAnswer(StatusCodes.Status204NoContent, "") : render(Renamed(outcome)));
            await context.WriteAsync(await command.RunForOwnAsync(context.Caller(), SlugIn(context), wish, cancel));
        }
    }

    private static async Task ValidateAsync(HttpContext context, GetBillingInformation query, CancellationToken cancel)
    {
        var outcome = await query.ValidateTaxAsync(context.Caller(), SlugIn(context), cancel);
        await (outcome is Outcome<bool>.Done ? context.WriteAsync(new ApiAnswer(StatusCodes.Status204NoContent, "")) : context.WriteAsync(outcome));
    }

    private static async Task SetAsync(HttpContext context, ChangeDetails command, string method, int status, Func<StoredDetails, Refusal?>? demand, CancellationToken cancel)
    {
        using var call = await CallAsync(context, method);
        if (call is not null)
        {
            var render = context.Renderer<BillingInformation>(status);
            var wish = new DetailsWish(call.Form(ChangeOf), call.Key, call.RequestHash, outcome => render(Renamed(outcome).Then<BillingInformation>(stored =>
                new Outcome<BillingInformation>.Done(BillingInformation.Of(stored.Details)))))
            {
                Demand = demand,
            };
            await context.WriteAsync(await command.RunForOwnAsync(context.Caller(), SlugIn(context), wish, cancel));
        }
    }

    private static DetailsChange ChangeOf(JsonFields fields)
    {
        var change = Read(DetailsChange.None, fields, BillingInformation.Own);
        if (fields.IsNull("address"))
        {
            return BillingInformation.OfAddress.Aggregate(change, (cleared, named) => cleared.With(named.Field, null));
        }

        return fields.Object("address") is { } address ? Read(change, address, BillingInformation.OfAddress) : change;
    }

    private static DetailsChange Read(DetailsChange change, JsonFields fields, (string Code, DetailField Field)[] named)
    {
        foreach (var (code, field) in named)
        {
            if (fields.StringOrNull(code) is (true, var value))
            {
                change = change.With(field, value);
            }
        }

        return change;
    }

    /// <summary>Errors named as this contract names the fields.</summary>
    private static Outcome<StoredDetails> Renamed(Outcome<StoredDetails> outcome) => outcome is not Outcome<StoredDetails>.Invalid { Errors: var errors } ? outcome
        : new Outcome<StoredDetails>.Invalid([.. errors.Select(error => error with { Field = NameOf(error.Field) })]);

    private static string NameOf(string field) =>
        BillingInformation.Own.FirstOrDefault(named => named.Field.Code == field).Code
        ?? (BillingInformation.OfAddress.FirstOrDefault(named => named.Field.Code == field).Code is { } code ? "address." + code : field);

    private static string? SlugIn(HttpContext context) => context.Request.Headers[OwnOrganization.SlugHeader].ToString();

    private static async Task<ApiCall?> CallAsync(HttpContext context, string method)
    {
        var (call, problem) = await ApiCall.ReadAsync(context, Guid.Empty, $"{method} {Route} {SlugIn(context)}");
        if (problem is not null)
        {
            await context.WriteAsync(problem);
        }

        return call;
    }
}
