using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;

namespace BillingPortal.Tests.Payments;

/// <summary>A provider at work: its gateway, and a person before its page.</summary>
internal interface IProviderAtWork : IAsyncDisposable
{
    /// <summary>What is tested.</summary>
    IPaymentGateway Gateway { get; }

    /// <summary>A person types this number on the provider's page: where they are sent back to, or null and why.</summary>
    Task<(string? Back, string? Refusal)> TypeAsync(CardSetup setup, string number);

    /// <summary>How many payments the provider holds for this customer, paid or not.</summary>
    Task<int> CountPaymentsAsync(string customer);
}

/// <summary>What every gateway owes the portal, asked of each of them in the same words.</summary>
public abstract partial class PaymentGatewayContract
{
    private const string Good = "4242 4242 4242 4242", DeclinesLater = "4000000000000341", Authenticates = "4000002500003155",
        AnswerLost = "4000000000009900", OrderLost = "4000000000009901", Poor = "4000000000009902", Stumbles = "4000000000009903";

    private static readonly Uri Back = new("http://localhost:5080/organizations/10001/cards/return");
    private static readonly OrganizationId Acme = new(10_001);

    private protected abstract Task<IProviderAtWork> OpenAsync();

    [Fact]
    public async Task A_card_typed_at_the_provider_comes_back_as_brand_last_four_and_expiry()
    {
        await using var provider = await OpenAsync();
        var customer = await provider.Gateway.EnterCustomerAsync(Acme, "Acme Robotics", "customer:10001", default);
        var setup = await provider.Gateway.BeginSetupAsync(customer, Back, "setup:1", default);
        (await provider.Gateway.FindCardAsync(customer, setup.Id, default)).ShouldBeNull();

        (await provider.TypeAsync(setup, Good)).Back.ShouldBe($"{Back}?setup={setup.Id}");

        var card = (await provider.Gateway.FindCardAsync(customer, setup.Id, default)).ShouldNotBeNull();
        card.ShouldBe(new Card(card.Method, "visa", "4242", 12, 2034));
    }

    [Theory]
    [InlineData("5555555555554444", "mastercard", "4444")]
    [InlineData("378282246310005", "amex", "0005")]
    public async Task Other_brands_are_named(string number, string brand, string last4)
    {
        await using var provider = await OpenAsync();
        var (_, _, card) = await AddAsync(provider, number);
        (card.Brand, card.Last4).ShouldBe((brand, last4));
    }

    [Theory]
    [InlineData("4000000000000002", "Your card was declined.")]
    [InlineData("4000000000009995", "Your card has insufficient funds.")]
    [InlineData("4000000000009987", "Your card was declined.")]
    [InlineData("4000000000009979", "Your card was declined.")]
    [InlineData("4000000000000069", "Your card has expired.")]
    [InlineData("4000000000000127", "Your card's security code is incorrect.")]
    [InlineData("4000000000000119", "An error occurred while processing your card. Try again in a little bit.")]
    public async Task A_card_its_bank_refuses_is_never_added(string number, string message)
    {
        await using var provider = await OpenAsync();
        var customer = await provider.Gateway.EnterCustomerAsync(Acme, "Acme Robotics", "customer", default);
        var setup = await provider.Gateway.BeginSetupAsync(customer, Back, "setup", default);

        (await provider.TypeAsync(setup, number)).ShouldBe((null, message));

        (await provider.Gateway.FindCardAsync(customer, setup.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Entering_a_customer_or_beginning_a_setup_again_with_its_key_is_the_same_one()
    {
        await using var provider = await OpenAsync();
        var customer = await provider.Gateway.EnterCustomerAsync(Acme, "Acme Robotics", "customer", default);
        (await provider.Gateway.EnterCustomerAsync(Acme, "Acme Robotics", "customer", default)).ShouldBe(customer);
        var setup = await provider.Gateway.BeginSetupAsync(customer, Back, "setup", default);
        (await provider.Gateway.BeginSetupAsync(customer, Back, "setup", default)).ShouldBe(setup);
    }

    [Fact]
    public async Task Another_customers_setup_tells_nothing()
    {
        await using var provider = await OpenAsync();
        var customer = await provider.Gateway.EnterCustomerAsync(Acme, "Acme Robotics", "customer:1", default);
        var other = await provider.Gateway.EnterCustomerAsync(new OrganizationId(10_002), "Baltic Maps", "customer:2", default);
        var setup = await provider.Gateway.BeginSetupAsync(other, Back, "setup", default);
        await provider.TypeAsync(setup, Good);

        await Should.ThrowAsync<PaymentGatewayException>(() => provider.Gateway.FindCardAsync(customer, setup.Id, default));
        await Should.ThrowAsync<PaymentGatewayException>(() => provider.Gateway.FindCardAsync(customer, "../customers?x=", default));
    }

    [Fact]
    public async Task A_card_that_was_removed_is_not_charged_and_removing_it_again_is_no_error()
    {
        await using var provider = await OpenAsync();
        var (order, setup, card) = await AddAsync(provider, Good);
        await provider.Gateway.RemoveCardAsync(card.Method, default);
        await provider.Gateway.RemoveCardAsync(card.Method, default);
        await provider.Gateway.RemoveCardAsync("pm_never_was", default);

        (await provider.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Declined>().Code.ShouldBe("resource_missing");
        (await provider.Gateway.FindCardAsync(order.Customer, setup.Id, default)).ShouldBeNull();
        (await provider.CountPaymentsAsync(order.Customer)).ShouldBe(0);
    }

    [Theory]
    [InlineData(10_000_001L)]
    [InlineData(0L)]
    [InlineData(-10_000_000L)]
    public async Task Only_whole_minor_units_above_zero_are_charged(long micros)
    {
        await using var provider = await OpenAsync();
        var (order, _, _) = await AddAsync(provider, Good);

        await Should.ThrowAsync<ArgumentException>(() => provider.Gateway.ChargeAsync(order with { Amount = new Money(micros, Currency.Usd) }, default));
        await Should.ThrowAsync<ArgumentException>(() => provider.Gateway.AskAsync(order with { Amount = new Money(micros, Currency.Usd) }, null, default));
        (await provider.CountPaymentsAsync(order.Customer)).ShouldBe(0);
    }

    private static async Task<(PaymentOrder Order, CardSetup Setup, Card Card)> AddAsync(IProviderAtWork provider, string number)
    {
        var customer = await provider.Gateway.EnterCustomerAsync(Acme, "Acme Robotics", "customer:10001", default);
        var setup = await provider.Gateway.BeginSetupAsync(customer, Back, "setup:" + number, default);
        (await provider.TypeAsync(setup, number)).Back.ShouldNotBeNull();
        var card = (await provider.Gateway.FindCardAsync(customer, setup.Id, default))!;
        return (new PaymentOrder("recharge:10001:7:2", Acme, 7, 2, customer, card.Method, Money.Of(100, Currency.Usd), "Recharge of Acme Robotics"), setup, card);
    }
}
