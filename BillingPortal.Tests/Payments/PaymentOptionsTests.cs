using BillingPortal.Payments;
using BillingPortal.Store;
using Microsoft.Extensions.Configuration;

namespace BillingPortal.Tests.Payments;

public sealed class PaymentOptionsTests
{
    [Fact]
    public void The_sandbox_is_the_default() => From([]).ShouldBe(new PaymentOptions("sandbox", Stripe: null));

    [Fact]
    public void Stripe_is_reached_at_its_own_address()
    {
        var options = From(Stripe()).Stripe.ShouldNotBeNull();
        (options.BaseUrl, options.Timeout).ShouldBe((new Uri("https://api.stripe.com"), TimeSpan.FromSeconds(30)));
        From(Stripe()).ToString().ShouldNotContain("sk_test");
    }

    [Theory]
    [InlineData("Payments:Provider", "paypal", "Payments__Provider is 'paypal'; it must be 'sandbox' or 'stripe'.")]
    [InlineData("Payments:Stripe:SecretKey", "", "Set Payments__Stripe__SecretKey: Payments__Provider is 'stripe'.")]
    [InlineData("Payments:Stripe:WebhookSecret", null, "Set Payments__Stripe__WebhookSecret: Payments__Provider is 'stripe'.")]
    [InlineData("Payments:Stripe:BaseUrl", "http://stripe.example", "Payments__Stripe__BaseUrl must be an https address: the secret key travels there.")]
    [InlineData("Payments:Stripe:BaseUrl", "nowhere", "Payments__Stripe__BaseUrl must be an https address: the secret key travels there.")]
    [InlineData("Payments:Stripe:TimeoutSeconds", "0", "Payments__Stripe__TimeoutSeconds must be a whole number from 1 to 300.")]
    public void What_is_missing_or_cannot_be_meant_refuses_the_start_in_one_line(string name, string? value, string message)
    {
        var settings = Stripe();
        settings[name] = value;
        Should.Throw<StartRefusedException>(() => From(settings)).Message.ShouldBe(message);
    }

    private static Dictionary<string, string?> Stripe() => new()
    {
        ["Payments:Provider"] = "Stripe", ["Payments:Stripe:SecretKey"] = "sk_test_1", ["Payments:Stripe:WebhookSecret"] = "whsec_1",
    };

    private static PaymentOptions From(Dictionary<string, string?> settings) => PaymentOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
