using BillingPortal.Domain;
using BillingPortal.Store;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BillingPortal.Tests.Web.Api;

/// <summary>Contract 4's error codes and the parts of its lists.</summary>
public sealed class BillingErrorTests
{
    [Fact]
    public void The_codes_are_the_pages_with_its_tokens_and_statuses() =>
        string.Join(", ", BillingError.All.Where(error => error.Code < 1500).Select(error => $"{error.Code} {error.Token} {error.Status}")).ShouldBe(
            "1101 InvalidCredentials 401, 1102 InvalidToken 401, 1103 TokenExpired 401, 1104 Forbidden 403, 1105 TooManyRequests 429, 1201 NotFound 404, 1301 InvalidQueryCriteria 422, "
            + "1302 InvalidSortCriteria 422, 1400 InputValidationFailed 422, 1401 InvalidReference 422, 1402 Required 422, 1403 InvalidFormat 422, 1404 OutOfRange 422, 1405 Duplicated 409, "
            + "1406 NotAllowed 400, 1407 CannotBeDeleted 409");

    [Theory]
    [InlineData("unauthorized", 401, 1101, "InvalidCredentials")]
    [InlineData("forbidden", 403, 1104, "Forbidden")]
    [InlineData("approval_required", 403, 1104, "Forbidden")]
    [InlineData("too_many_requests", 429, 1105, "TooManyRequests")]
    [InlineData("not_found", 404, 1201, "NotFound")]
    [InlineData("invalid_query", 422, 1301, "InvalidQueryCriteria")]
    [InlineData("invalid_sort", 422, 1302, "InvalidSortCriteria")]
    [InlineData("invalid_request", 422, 1400, "InputValidationFailed")]
    [InlineData("malformed_json", 400, 1400, "InputValidationFailed")]
    [InlineData("taken", 409, 1405, "Duplicated")]
    [InlineData("key_reused", 409, 1405, "Duplicated")]
    [InlineData("not_for_postpaid", 400, 1406, "NotAllowed")]
    [InlineData("volume_active", 400, 1406, "NotAllowed")]
    [InlineData("method_not_allowed", 405, 1406, "NotAllowed")]
    [InlineData("cannot_be_deleted", 409, 1407, "CannotBeDeleted")]
    [InlineData("internal_error", 500, 1500, "InternalError")]
    [InlineData("payer_changed", 503, 1503, "Unavailable")]
    public void Each_way_to_fail_has_its_number_and_status(string kind, int status, int code, string token)
    {
        var problem = ErrorShape.Billing.Of(Problem.Of(kind, "Why."));
        problem.Kind.Status.ShouldBe(status);
        ErrorShape.Billing.Write(problem, "call").ShouldBe($$"""{"error_code":{{code}},"error_token":"{{token}}","message":"Why."}""");
    }

    [Theory]
    [InlineData(TokenFailure.Missing, 1101)]
    [InlineData(TokenFailure.Unknown, 1102)]
    [InlineData(TokenFailure.Revoked, 1102)]
    [InlineData(TokenFailure.Expired, 1103)]
    public void A_token_that_opens_nothing_says_why(TokenFailure why, int code) =>
        ErrorShape.Billing.Write(Problem.OfStatus(401) with { Token = why }, "call").ShouldStartWith($$"""{"error_code":{{code}},""");

    [Fact]
    public void One_wrong_field_is_answered_with_its_own_code_and_several_with_1400()
    {
        var one = Wrong(("charging_model.id", "unknown"));
        one.ShouldBe("""{"error_code":1401,"error_token":"InvalidReference","message":"charging_model.id is wrong.","errors":[{"error_code":1401,"error_token":"InvalidReference","message":"charging_model.id is wrong."}]}""");
        Wrong(("amount", "required"), ("type", "not_an_object"), ("id", "out_of_range")).ShouldSatisfyAllConditions(
            text => text.ShouldStartWith("""{"error_code":1400,"""),
            text => text.ShouldContain("\"error_code\":1402"), text => text.ShouldContain("\"error_code\":1403"), text => text.ShouldContain("\"error_code\":1404"));

        static string Wrong(params (string Field, string Code)[] fields) => ErrorShape.Billing.Write(ErrorShape.Billing.Of(
            OutcomeHttp.ProblemOf(new Outcome<int>.Invalid([.. fields.Select(field => new FieldError(field.Field, field.Code, "is wrong."))]))!), "call");
    }

    [Theory]
    [InlineData("", 1, 100, null, false)]
    [InlineData("page=3&per_page=7&sort=-date", 3, 7, "date", true)]
    [InlineData("page=0&per_page=0&sort=id", 1, 100, "id", false)]
    [InlineData("page=-5&per_page=5000", 1, 1000, null, false)]
    public void A_list_is_asked_for_in_pages(string query, int page, int rows, string? sort, bool descending)
    {
        var part = ListPart.Read(Query(query), ["id", "date"], ["type"]).Part.ShouldNotBeNull();
        (part.Page, part.PerPage, part.Sort, part.Descending).ShouldBe((page, rows, sort, descending));
    }

    [Theory]
    [InlineData("page=two", "invalid_query")]
    [InlineData("per_page=1.5", "invalid_query")]
    [InlineData("q=colour:red", "invalid_query")]
    [InlineData("q=type:", "invalid_query")]
    [InlineData("sort=colour", "invalid_sort")]
    [InlineData("sort=--id", "invalid_sort")]
    [InlineData("sort=-", "invalid_sort")]
    public void A_query_that_cannot_be_meant_is_refused(string query, string kind) =>
        ListPart.Read(Query(query), ["id", "date"], ["type"]).Problem.ShouldNotBeNull().Kind.Code.ShouldBe(kind);

    [Fact]
    public void The_headers_say_what_the_whole_list_is()
    {
        var context = new DefaultHttpContext();
        context.Request.Path = "/list";
        context.Request.QueryString = new QueryString("?page=9&per_page=10&q=type:1");
        var part = ListPart.Read(context.Request.Query, ["id"], ["type"]).Part!.Within(25);
        part.Tell(context, 25);

        (part.Page, part.Skipped).ShouldBe((3, 20));
        string Header(string name) => context.Response.Headers[name].ToString();
        (Header("X-Total-Count"), Header("X-Total-Pages"), Header("X-Current-Page"), Header("X-Count-Per-Page")).ShouldBe(("25", "3", "3", "10"));
        Header("Link").ShouldBe("</list?q=type%3A1&page=1&per_page=10>;rel=\"first\", </list?q=type%3A1&page=2&per_page=10>;rel=\"prev\", </list?q=type%3A1&page=3&per_page=10>;rel=\"last\"");
    }

    private static QueryCollection Query(string text) => new(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(text)
        .ToDictionary(pair => pair.Key, pair => new StringValues(pair.Value.ToArray()), StringComparer.Ordinal));
}
