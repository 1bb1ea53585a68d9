using BillingPortal.Domain;
using BillingPortal.Tests.Setup;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace BillingPortal.Tests.Web.Api;

/// <summary>Whatever fails is worded in one place and shaped by the contract that was asked.</summary>
public sealed class ApiErrorsTests
{
    [Fact]
    public async Task A_fault_of_ours_shows_its_contracts_shape_and_nothing_of_the_inside()
    {
        await using var app = await StartAsync();
        var client = app.GetTestClient();

        var payment = await client.ReadAsync("/payment");
        payment.Status.ShouldBe(500);
        payment.Body.EnumerateObject().Select(field => field.Name).ShouldBe(["error_code", "message", "request_id"]);
        payment["request_id"].ShouldBe(payment.Response.Headers.GetValues("X-Api-Call-Id").Single());
        payment.Text.ShouldNotContain("secret");

        var own = await client.ReadAsync("/own");
        (own.Status, own["code"], own.Response.Content.Headers.ContentType!.MediaType).ShouldBe((500, "internal_error", "application/problem+json"));
        own.Text.ShouldNotContain("secret");
        (await client.ReadAsync("/too-large")).Status.ShouldBe(413);
    }

    [Fact]
    public async Task A_program_that_asks_nowhere_gets_problem_details_and_a_person_does_not()
    {
        await using var app = await StartAsync();
        var program = await app.GetTestClient().ReadAsync("/nowhere");
        (program.Status, program["code"]).ShouldBe((404, "not_found"));

        var person = app.GetTestClient();
        person.DefaultRequestHeaders.Add("Accept", "text/html");
        (await person.ReadAsync("/nowhere")).Text.ShouldBeEmpty();
    }

    [Fact]
    public void Every_refusal_of_the_domain_has_a_kind()
    {
        foreach (var code in Enum.GetValues<RefusalCode>())
        {
            var problem = OutcomeHttp.ProblemOf(new Outcome<int>.Refused(new Refusal(code, "No.")))!;
            // Who pays changed between asking and deciding: nothing is kept under the key, so that asking again decides anew.
            (problem.Kind.Status is >= 400 and <= 422 || (code == RefusalCode.PayerChanged && problem.Kind.Status == 503)).ShouldBeTrue(code.ToString());
        }

        ProblemKind.All.Select(kind => kind.Code).ShouldBeUnique();
    }

    [Fact]
    public void Every_outcome_has_its_status()
    {
        OutcomeHttp.ProblemOf(new Outcome<int>.Done(1)).ShouldBeNull();
        Status(new Outcome<int>.Invalid([new FieldError("OccurredAt", "x", "is wrong.")])).ShouldBe((400, "invalid_request", "occurred_at: is wrong."));
        Status(new Outcome<int>.NotFound("Nothing.")).ShouldBe((404, "not_found", "Nothing."));
        Status(new Outcome<int>.Stale("Old.")).ShouldBe((409, "stale", "Old."));
        Status(new Outcome<int>.Unknown("Ask again.")).ShouldBe((503, "outcome_unknown", "Ask again."));
        var usd = Currency.Usd;
        var need = new ApprovalNeed(Money.Of(1_000, usd), Money.Of(900, usd), Money.Of(200, usd), "you");
        Status(new Outcome<int>.NeedsApproval(need)).Message.ShouldStartWith("Approval required");

        static (int Status, string Code, string Message) Status(Outcome<int> outcome) =>
            OutcomeHttp.ProblemOf(outcome) is { } problem ? (problem.Kind.Status, problem.Kind.Code, problem.Message) : default;
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.UseApiErrors();
        app.MapGet("/payment", Fail).WithMetadata(ErrorShape.PaymentBalance);
        app.MapGet("/own", Fail).WithMetadata(ErrorShape.ProblemDetails);
        app.MapGet("/too-large", Task () => throw new BadHttpRequestException("secret", 413)).WithMetadata(ErrorShape.ProblemDetails);
        await app.StartAsync();
        return app;

        static Task Fail() => throw new InvalidOperationException("secret");
    }
}
