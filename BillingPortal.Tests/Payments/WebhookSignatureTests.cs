using BillingPortal.Domain;
using BillingPortal.Payments;
using BillingPortal.Tests.Setup.Stripe;

namespace BillingPortal.Tests.Payments;

public sealed class WebhookSignatureTests
{
    private const string Body = """{"id":"evt_1","object":"event"}""", Secret = "whsec_1";
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_another_implementation_signed_holds() => Holds(StripeWebhooks.Sign(Body, Now, Secret)).ShouldBeTrue();

    [Fact]
    public void What_was_signed_here_holds() => Holds(WebhookSignature.Sign(Body, Secret, Instant.From(Now))).ShouldBeTrue();

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void It_holds_for_five_minutes(int seconds, bool holds) => Holds(StripeWebhooks.Sign(Body, Now.AddSeconds(seconds), Secret)).ShouldBe(holds);

    [Fact]
    public void One_of_several_signatures_is_enough()
    {
        var right = StripeWebhooks.Hex(Body, Now, Secret);
        var wrong = StripeWebhooks.Hex(Body, Now, "whsec_old");
        Holds($"t={Now.ToUnixTimeSeconds()},v1={wrong},v1={right}").ShouldBeTrue();
        Holds($"t={Now.ToUnixTimeSeconds()}, v1={right}, v1={wrong}").ShouldBeTrue();
        Holds($"t={Now.ToUnixTimeSeconds()},v1={wrong}").ShouldBeFalse();
    }

    [Fact]
    public void The_older_scheme_counts_for_nothing() => Holds($"t={Now.ToUnixTimeSeconds()},v0={StripeWebhooks.Hex(Body, Now, Secret)}").ShouldBeFalse();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=,v1=")]
    [InlineData("t=-1,v1=00")]
    [InlineData("t=99999999999999999,v1=00")]
    [InlineData("t=1773835200")]
    [InlineData("v1=00")]
    [InlineData("nonsense")]
    public void Anything_else_does_not_hold(string? header) => Holds(header).ShouldBeFalse();

    [Fact]
    public void Another_body_or_secret_does_not_hold()
    {
        var header = StripeWebhooks.Sign(Body, Now, Secret);
        WebhookSignature.Holds(Body + " ", header, Secret, Instant.From(Now)).ShouldBeFalse();
        WebhookSignature.Holds(Body, header, "whsec_2", Instant.From(Now)).ShouldBeFalse();
    }

    private static bool Holds(string? header) => WebhookSignature.Holds(Body, header, Secret, Instant.From(Now));
}
