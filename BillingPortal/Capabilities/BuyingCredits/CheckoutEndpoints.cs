using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.BuyingCredits;

/// <summary>Contract 3's checkout.</summary>
internal static partial class CheckoutEndpoints
{
    private const string Route = "/api/v2/external/billing/checkout";

    /// <summary>Maps it.</summary>
    public static void MapCheckout(this IEndpointRouteBuilder routes)
    {
        var checkout = routes.MapApi(Route, ErrorShape.OrganizationDetails).WithTags("Organization details");
        checkout.MapPost("", BeginAsync).Describe<CheckoutAnswer>(BeginDescription, StatusCodes.Status200OK);
        checkout.MapOtherMethods("", "POST");
    }

    private static async Task BeginAsync(HttpContext context, BeginningCheckout command, CancellationToken cancel)
    {
        var slug = context.Request.Headers[OwnOrganization.SlugHeader].ToString();
        var (call, problem) = await ApiCall.ReadAsync(context, Guid.Empty, $"POST {Route} {slug}");
        using (call)
        {
            if (call is null)
            {
                await context.WriteAsync(problem!);
                return;
            }

            var render = context.Renderer<CheckoutAnswer>();
            var portal = $"{context.Request.Scheme}://{context.Request.Host}";
            await context.WriteAsync(await command.RunAsync(context.Caller(), slug, portal, call.Form(Read), call.Key, call.RequestHash,
                outcome => render(outcome.Then<CheckoutAnswer>(begun => new Outcome<CheckoutAnswer>.Done(new CheckoutAnswer(begun.Page, begun.Id)))), cancel));
        }
    }

    private static CheckoutForm Read(JsonFields fields) => new(Amount(fields), Address(fields, "success_url"), Address(fields, "cancel_url"));

    private static long Amount(JsonFields fields)
    {
        const string name = "credits_amount";
        if (!fields.IsSent(name) || fields.IsNull(name))
        {
            fields.Refuse(name, "missing", "is required.");
            return 0;
        }

        return fields.Number(name) ?? 0;
    }

    private static string Address(JsonFields fields, string name)
    {
        if (fields.StringOrNull(name) is (true, { } address))
        {
            if (CheckoutAddress.Fault(address) is { } fault)
            {
                fields.Refuse(name, fault.Code, fault.Message);
            }

            return address;
        }

        if (!fields.IsSent(name) || fields.IsNull(name))
        {
            fields.Refuse(name, "missing", "is required.");
        }

        return "";
    }
}

/// <summary>Contract 3's answer.</summary>
/// <param name="CheckoutUrl">The page of this portal where a person pays.</param>
/// <param name="SessionId">The purchase's id.</param>
public sealed record CheckoutAnswer(string CheckoutUrl, string SessionId);
