using System.Net.Mail;
using BillingPortal.Store;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.Vouchers;

/// <summary>Contract 3's voucher.</summary>
internal static class VoucherEndpoints
{
    private const string Route = "/api/v2/external/voucher/validate";
    private const int LongestEmail = 254, LongestCode = 64;

    private static readonly ApiDescription ValidateDescription = new("validateVoucher", "Ask whether a voucher can be redeemed",
        """
        Whether the organization that the token speaks for (`X-Org-Slug`) can redeem the code now, by a person with that email. Nothing is redeemed: a person does that on the organization's page "Redeem a voucher", once for each
        organization.

        Decided here: every answer has every field, null where there is nothing to say. `voucher_amount` is a number of the organization's currency, given as promotional credits. A code that is unknown, expired, withdrawn, used
        up, of another currency, or for another email or organization is `valid: false` with one and the same `error`, so that nobody learns of vouchers that are not theirs; only one that this organization redeemed before is
        named so. Blanks, hyphens and small letters in the code do not matter. It changes nothing, so an `Idempotency-Key` has no effect.
        """, "billing:write")
    {
        RequestType = typeof(AskedVoucher),
        RequestExample = """{ "email": "ada@acme.example", "code": "WELC-OME2-0267" }""",
        AnswerExample = """{ "valid": true, "voucher_id": "3c2f6a50-7a4e-4a3e-9d4e-0a3f6f3f1d52", "voucher_amount": 25, "error": null }""",
        Also = [422],
    };

    /// <summary>Maps it.</summary>
    public static void MapVouchers(this IEndpointRouteBuilder routes)
    {
        var vouchers = routes.MapApi(Route, ErrorShape.OrganizationDetails).WithTags("Organization details");
        vouchers.MapPost("", ValidateAsync).Describe<VoucherAnswer>(ValidateDescription, StatusCodes.Status200OK);
        vouchers.MapOtherMethods("", "POST");
    }

    private static async Task ValidateAsync(HttpContext context, ValidateVoucher query, CancellationToken cancel)
    {
        var (call, problem) = await ApiCall.ReadAsync(context, Guid.Empty, $"POST {Route}");
        using (call)
        {
            await (call is null
                ? context.WriteAsync(problem!)
                : context.WriteAsync(await query.RunAsync(context.Caller(), context.Request.Headers[OwnOrganization.SlugHeader].ToString(), call.Form(Read), cancel)));
        }
    }

    private static (string Email, string Code) Read(JsonFields fields)
    {
        var (email, code) = (Text(fields, "email", LongestEmail), Text(fields, "code", LongestCode));
        if (email.Length > 0 && !MailAddress.TryCreate(email, out _))
        {
            fields.Refuse("email", "value_error", "must be an email address.");
        }

        return (email, code);
    }

    private static string Text(JsonFields fields, string name, int most)
    {
        if (!fields.IsSent(name) || fields.IsNull(name))
        {
            fields.Refuse(name, "missing", "is required.");
        }
        else if (fields.StringOrNull(name) is (true, { } sent))
        {
            var text = sent.Trim();
            var fault = text.Length == 0 ? ("string_too_short", "must not be empty.")
                : text.EnumerateRunes().Count() > most ? ("string_too_long", $"must be at most {most} characters.")
                : text.Any(char.IsControl) ? ("value_error", "must not hold control characters.")
                : ("", "");
            if (fault.Item1.Length == 0)
            {
                return text;
            }

            fields.Refuse(name, fault.Item1, fault.Item2);
        }

        return "";
    }

    /// <summary>What is asked.</summary>
    /// <param name="Email">The email of who would redeem it, at most 254 characters.</param>
    /// <param name="Code">The code, at most 64 characters.</param>
    private sealed record AskedVoucher(string Email, string Code);
}
