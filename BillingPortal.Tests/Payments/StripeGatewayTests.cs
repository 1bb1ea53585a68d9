using System.Net;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Tests.Setup.Stripe;

namespace BillingPortal.Tests.Payments;

public sealed class StripeByWireTests : PaymentGatewayContract
{
    private protected override async Task<IProviderAtWork> OpenAsync() => await StripeAtWork.OpenAsync();
}

/// <summary>What only Stripe does.</summary>
public sealed class StripeGatewayTests
{
    private static readonly OrganizationId Acme = new(10_001);

    [Fact]
    public async Task Every_request_pins_the_version_and_all_that_makes_something_has_its_key()
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var order = await OrderAsync(stripe);
        await stripe.Gateway.ChargeAsync(order, default);

        stripe.Server.Requests.ShouldAllBe(request => request.Version == "2024-06-20");
        stripe.Server.Requests.Where(request => request.Line.StartsWith("POST", StringComparison.Ordinal)).Select(request => request.Key).ShouldBe(["customer", "setup", "recharge:10001:7:1"]);
        var charge = WebUtility.UrlDecode(stripe.Server.Requests[^1].Body).Split('&');
        charge.ShouldBe(
        [
            "amount=10000", "currency=usd", $"customer={order.Customer}", $"payment_method={order.Method}", "payment_method_types[0]=card", "off_session=true", "confirm=true",
            "description=Recharge of Acme Robotics", "metadata[organization]=10001", "metadata[recharge]=7", "metadata[attempt]=1",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Billing_details_pass_to_the_customer_who_keeps_one_tax_number_and_loses_what_was_cleared()
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var customer = await stripe.Gateway.EnterCustomerAsync(Acme, "Acme Robotics", "customer", default);
        var details = new CustomerDetails("Acme GmbH", "ap@acme.example", "+49 30 1", "Musterstraße 1", null, "Berlin", null, "10115", "DE", "eu_vat", "DE136695976");
        await stripe.Gateway.UpdateCustomerAsync(customer, details, default);
        await stripe.Gateway.UpdateCustomerAsync(customer, details, default);
        stripe.Server.Requests.Count(request => request.Line.EndsWith("/tax_ids", StringComparison.Ordinal) && request.Line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(1);
        var known = stripe.Server.Account.Find(customer)!;
        (known["name"]!.GetValue<string>(), known["address[line1]"]!.GetValue<string>(), known["address[country]"]!.GetValue<string>(), known["address[line2]"]).ShouldBe(("Acme GmbH", "Musterstraße 1", "DE", null));

        await stripe.Gateway.UpdateCustomerAsync(customer, details with { City = null, TaxIdType = "gb_vat", TaxId = "GB980780684" }, default);
        stripe.Server.Account.Find(customer)!["address[city]"].ShouldBeNull();
        stripe.Server.Requests.Count(request => request.Line.StartsWith("DELETE", StringComparison.Ordinal)).ShouldBe(1);
        await stripe.Gateway.UpdateCustomerAsync(customer, details with { TaxIdType = null, TaxId = null }, default);
        stripe.Server.Requests.Count(request => request.Line.StartsWith("DELETE", StringComparison.Ordinal)).ShouldBe(2);
        await Should.ThrowAsync<PaymentGatewayException>(() => stripe.Gateway.UpdateCustomerAsync(customer, details with { TaxId = "refused" }, default));
    }

    [Fact]
    public async Task A_card_that_a_program_has_typed_is_begun_once_for_a_key_and_told_by_webhook()
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var order = await OrderAsync(stripe);
        var begun = await stripe.Gateway.BeginIntentAsync(order.Customer, Acme, "intent", default);
        (await stripe.Gateway.BeginIntentAsync(order.Customer, Acme, "intent", default)).ShouldBe(begun);
        begun.ClientSecret.ShouldStartWith(begun.Id + "_secret_");
        WebUtility.UrlDecode(stripe.Server.Requests[^1].Body).ShouldBe($"customer={order.Customer}&payment_method_types[0]=card&usage=off_session&metadata[organization]=10001");

        var intent = stripe.Server.Account.Find(begun.Id)!;
        (intent["status"], intent["payment_method"]) = ("succeeded", order.Method);
        var body = new System.Text.Json.Nodes.JsonObject { ["id"] = "evt_1", ["type"] = "setup_intent.succeeded", ["data"] = new System.Text.Json.Nodes.JsonObject { ["object"] = intent } }.ToJsonString();
        Read(stripe, body).ShouldBe(new PaymentNews.CardTaken("evt_1", "setup_intent.succeeded", Acme, order.Customer, order.Method));
        (await stripe.Gateway.FindMethodAsync(order.Customer, order.Method, default))!.Last4.ShouldBe("4242");
        (await stripe.Gateway.FindMethodAsync("cus_other", order.Method, default)).ShouldBeNull();
        (await stripe.Gateway.FindMethodAsync(order.Customer, "pm_nothing", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_charge_whose_holder_is_present_says_where_they_wait_and_not_that_nobody_is_there()
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var order = await OrderAsync(stripe) with { For = ChargedFor.Checkout, ReturnTo = new Uri("https://billing.example/organizations/10001/checkout/cs_1") };
        (await stripe.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Succeeded>();
        var body = WebUtility.UrlDecode(stripe.Server.Requests[^1].Body);
        body.ShouldContain("return_url=https://billing.example/organizations/10001/checkout/cs_1");
        body.ShouldContain("metadata[checkout]=7");
        body.ShouldNotContain("off_session");
        (await stripe.Gateway.FindChargeAsync((await stripe.Gateway.AskAsync(order, null, default)).PaymentId!, default))!.For.ShouldBe(ChargedFor.Checkout);
    }

    [Theory]
    [InlineData("USD", 12_340_000L, "1234")]
    [InlineData("JPY", 500_000_000L, "500")]
    [InlineData("KWD", 12_340_000L, "12340")]
    [InlineData("ISK", 500_000_000L, "50000")]
    public async Task Amounts_are_minor_units_of_their_currency_as_Stripe_counts_them(string currency, long micros, string sent)
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var order = await OrderAsync(stripe) with { Amount = new Money(micros, Currency.Of(currency)) };

        var paid = await stripe.Gateway.ChargeAsync(order, default);

        stripe.Server.Requests[^1].Body.ShouldStartWith($"amount={sent}&currency={currency.ToLowerInvariant()}&");
        var body = stripe.Server.Webhooks.OfDispute("charge.dispute.created", paid.PaymentId!, "needs_response");
        Read(stripe, body).ShouldBeOfType<PaymentNews.DisputeOpened>().Amount.ShouldBe(order.Amount);
    }

    [Theory]
    [InlineData(StripeFault.ServerError, 0)]
    [InlineData(StripeFault.RateLimit, 0)]
    [InlineData(StripeFault.ServerErrorAfterwards, 1)]
    internal async Task A_fault_of_Stripes_is_unknown_and_asking_settles_it(StripeFault fault, int payments)
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var order = await OrderAsync(stripe);
        stripe.Server.Break(fault);

        (await stripe.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Unknown>();
        stripe.Server.Account.Payments.Count.ShouldBe(payments);

        (await stripe.Gateway.AskAsync(order, null, default)).ShouldBeOfType<PaymentResult.Succeeded>();
        stripe.Server.Account.Payments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_payment_is_found_even_when_Stripe_has_forgotten_its_key()
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var order = await OrderAsync(stripe, "4000000000009900");
        (await stripe.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Unknown>();
        stripe.Server.ForgetKeys();

        (await stripe.Gateway.AskAsync(order, null, default)).ShouldBeOfType<PaymentResult.Succeeded>();

        stripe.Server.Account.Payments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_unknown_and_the_payment_is_made_once()
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var order = await OrderAsync(stripe);
        stripe.Server.Break(StripeFault.Silence);
        using var impatient = new HttpClient { Timeout = TimeSpan.FromMilliseconds(300) };

        (await stripe.By(impatient).ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Unknown>();

        (await stripe.Gateway.AskAsync(order, null, default)).ShouldBeOfType<PaymentResult.Succeeded>();
        stripe.Server.Account.Payments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_there_is_unknown_for_a_charge_and_said_for_everything_else()
    {
        var stripe = await StripeAtWork.OpenAsync();
        var order = await OrderAsync(stripe);
        await stripe.Server.DisposeAsync();

        (await stripe.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Unknown>();
        (await stripe.Gateway.AskAsync(order, null, default)).ShouldBeOfType<PaymentResult.Unknown>();
        (await stripe.Gateway.AskAsync(order, "pi_1", default)).ShouldBe(new PaymentResult.Unknown("pi_1", "The payment provider did not answer."));
        (await Should.ThrowAsync<PaymentGatewayException>(() => stripe.Gateway.BeginSetupAsync(order.Customer, new Uri("http://localhost/"), "k", default)))
            .Message.ShouldBe("The payment provider did not answer.");
        await stripe.DisposeAsync();
    }

    [Fact]
    public async Task A_key_that_Stripe_does_not_accept_charges_nothing_and_declines_nothing()
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        using var client = new HttpClient();
        var gateway = stripe.By(client, "sk_test_wrong");

        (await gateway.ChargeAsync(await OrderAsync(stripe), default)).ShouldBeOfType<PaymentResult.Unknown>();
        (await Should.ThrowAsync<PaymentGatewayException>(() => gateway.EnterCustomerAsync(Acme, "Acme", "k", default))).Message.ShouldNotContain("sk_test");
    }

    [Fact]
    public async Task Webhooks_are_read_as_what_they_mean()
    {
        await using var stripe = await StripeAtWork.OpenAsync();
        var paid = await stripe.Gateway.ChargeAsync(await OrderAsync(stripe), default);
        var declined = await stripe.Gateway.ChargeAsync(await OrderAsync(stripe, "4000000000000341", "2"), default);
        var waiting = await stripe.Gateway.ChargeAsync(await OrderAsync(stripe, "4000002760003184", "3"), default);
        var webhooks = stripe.Server.Webhooks;

        Charge("payment_intent.succeeded", paid).ShouldBe(paid);
        Charge("payment_intent.payment_failed", declined).ShouldBe(declined);
        Charge("payment_intent.payment_failed", waiting).ShouldBe(waiting);
        Dispute("charge.dispute.created", "needs_response").ShouldBeOfType<PaymentNews.DisputeOpened>();
        Dispute("charge.dispute.funds_withdrawn", "needs_response").ShouldBeOfType<PaymentNews.DisputeOpened>().Amount.ShouldBe(Money.Of(100, Currency.Usd));
        Dispute("charge.dispute.closed", "won").ShouldBeOfType<PaymentNews.DisputeClosed>().Won.ShouldBeTrue();
        Dispute("charge.dispute.closed", "lost").ShouldBeOfType<PaymentNews.DisputeClosed>().Won.ShouldBeFalse();

        // An inquiry takes no money, and other news is none of the portal's.
        Dispute("charge.dispute.created", "warning_needs_response").ShouldBeOfType<PaymentNews.Other>();
        Dispute("charge.dispute.closed", "warning_closed").ShouldBeOfType<PaymentNews.Other>();
        Dispute("invoice.paid", "paid").ShouldBeOfType<PaymentNews.Other>();
        Read(stripe, "{}").ShouldBeNull();
        Read(stripe, "hello").ShouldBeNull();

        PaymentResult Charge(string kind, PaymentResult of) => Read(stripe, webhooks.OfPayment(kind, of.PaymentId!)).ShouldBeOfType<PaymentNews.OfCharge>().Result;
        PaymentNews? Dispute(string kind, string status) => Read(stripe, webhooks.OfDispute(kind, paid.PaymentId!, status));
    }

    private static PaymentNews? Read(StripeAtWork stripe, string body)
    {
        var now = new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);
        return stripe.Gateway.Read(body, stripe.Server.Webhooks.Sign(body, now), Instant.From(now));
    }

    private static async Task<PaymentOrder> OrderAsync(StripeAtWork stripe, string number = "4242424242424242", string nth = "")
    {
        var customer = await stripe.Gateway.EnterCustomerAsync(Acme, "Acme Robotics", "customer", default);
        var setup = await stripe.Gateway.BeginSetupAsync(customer, new Uri("http://localhost:5080/back"), "setup" + nth, default);
        await stripe.TypeAsync(setup, number);
        var card = await stripe.Gateway.FindCardAsync(customer, setup.Id, default);
        return new("recharge:10001:7:1" + nth, Acme, 7, 1, customer, card!.Method, Money.Of(100, Currency.Usd), "Recharge of Acme Robotics");
    }
}
