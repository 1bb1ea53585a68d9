using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Payments;

public sealed class SandboxOnSqliteTests(TestDatabases databases) : PaymentGatewayContract
{
    private protected override Task<IProviderAtWork> OpenAsync() => SandboxAtWork.OpenAsync(databases, DatabaseKind.Sqlite);
}

public sealed class SandboxOnPostgresTests(TestDatabases databases) : PaymentGatewayContract
{
    private protected override Task<IProviderAtWork> OpenAsync() => SandboxAtWork.OpenAsync(databases, DatabaseKind.Postgres);
}

/// <summary>What only the sandbox does.</summary>
public sealed class SandboxGatewayTests(TestDatabases databases)
{
    private static readonly OrganizationId Acme = new(10_001);

    [Theory, BothDatabases]
    public async Task Another_process_finds_everything_as_it_was(DatabaseKind kind)
    {
        await using var sandbox = (SandboxAtWork)await SandboxAtWork.OpenAsync(databases, kind);
        var order = await sandbox.OrderAsync("4242424242424242");
        var paid = await sandbox.Gateway.ChargeAsync(order, default);

        var later = sandbox.Restarted();

        (await later.Gateway.ChargeAsync(order, default)).ShouldBe(paid);
        (await later.Gateway.FindChargeAsync(paid.PaymentId!, default)).ShouldNotBeNull().Result.ShouldBe(paid);
    }

    [Theory, BothDatabases]
    public async Task Its_holder_confirms_a_payment_and_the_news_comes_by_signed_webhook(DatabaseKind kind)
    {
        await using var sandbox = (SandboxAtWork)await SandboxAtWork.OpenAsync(databases, kind);
        var order = await sandbox.OrderAsync("4000002760003184");
        var waiting = (await sandbox.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.AuthenticationNeeded>();
        waiting.Page!.ToString().ShouldBe("/sandbox/payments/" + waiting.PaymentId);

        await sandbox.Desk.ConfirmAsync(waiting.PaymentId!, passed: true, default);
        await sandbox.Desk.ConfirmAsync(waiting.PaymentId!, passed: false, default);

        (await sandbox.Gateway.AskAsync(order, waiting.PaymentId, default)).ShouldBeOfType<PaymentResult.Succeeded>();
        var told = (await sandbox.Outbox.DueAsync(default)).ShouldHaveSingleItem();
        var news = sandbox.Gateway.Read(told.Body, told.Signature, sandbox.Now).ShouldBeOfType<PaymentNews.OfCharge>();
        (news.Kind, news.Organization, news.Recharge, news.Attempt).ShouldBe(("payment_intent.succeeded", Acme, 7, 1));
        news.Result.ShouldBe(new PaymentResult.Succeeded(waiting.PaymentId!));
    }

    [Fact]
    public async Task A_holder_who_does_not_pass_is_a_decline()
    {
        await using var sandbox = (SandboxAtWork)await SandboxAtWork.OpenAsync(databases, DatabaseKind.Sqlite);
        var order = await sandbox.OrderAsync("4000002760003184");
        var waiting = await sandbox.Gateway.ChargeAsync(order, default);

        await sandbox.Desk.ConfirmAsync(waiting.PaymentId!, passed: false, default);

        (await sandbox.Gateway.AskAsync(order, waiting.PaymentId, default)).ShouldBeOfType<PaymentResult.Declined>().Code.ShouldBe("payment_intent_authentication_failure");
    }

    [Theory, BothDatabases]
    public async Task A_disputed_payment_is_told_of_when_it_opens_and_when_it_ends(DatabaseKind kind)
    {
        await using var sandbox = (SandboxAtWork)await SandboxAtWork.OpenAsync(databases, kind);
        var order = await sandbox.OrderAsync("4000000000000259");
        var paid = (await sandbox.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Succeeded>();
        var opened = (await sandbox.Outbox.DueAsync(default)).ShouldHaveSingleItem();
        await sandbox.Outbox.DeliveredAsync(opened, default);
        await sandbox.Desk.CloseDisputeAsync(paid.PaymentId!, won: true, default);
        var closed = (await sandbox.Outbox.DueAsync(default)).ShouldHaveSingleItem();

        var open = sandbox.Gateway.Read(opened.Body, opened.Signature, sandbox.Now).ShouldBeOfType<PaymentNews.DisputeOpened>();
        (open.PaymentId, open.Amount).ShouldBe((paid.PaymentId, Money.Of(100, Currency.Usd)));
        var end = sandbox.Gateway.Read(closed.Body, closed.Signature, sandbox.Now).ShouldBeOfType<PaymentNews.DisputeClosed>();
        (end.DisputeId, end.Won).ShouldBe((open.DisputeId, true));
    }

    [Fact]
    public async Task The_same_news_is_told_twice_by_the_card_for_that()
    {
        await using var sandbox = (SandboxAtWork)await SandboxAtWork.OpenAsync(databases, DatabaseKind.Sqlite);
        await sandbox.Gateway.ChargeAsync(await sandbox.OrderAsync("4000000000009905"), default);

        var told = await sandbox.Outbox.DueAsync(default);

        told.Length.ShouldBe(2);
        told.Select(webhook => sandbox.Gateway.Read(webhook.Body, webhook.Signature, sandbox.Now)!.EventId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_webhook_with_another_signature_or_body_is_not_read()
    {
        await using var sandbox = (SandboxAtWork)await SandboxAtWork.OpenAsync(databases, DatabaseKind.Sqlite);
        await sandbox.Gateway.ChargeAsync(await sandbox.OrderAsync("4000000000000259"), default);
        var told = (await sandbox.Outbox.DueAsync(default)).Single();

        sandbox.Gateway.Read(told.Body + " ", told.Signature, sandbox.Now).ShouldBeNull();
        sandbox.Gateway.Read(told.Body, signature: null, sandbox.Now).ShouldBeNull();
        sandbox.Gateway.Read(told.Body, told.Signature, sandbox.Now.Plus(TimeSpan.FromMinutes(6))).ShouldBeNull();
        sandbox.Gateway.Read("[]", sandbox.Outbox.Sign("[]"), sandbox.Now).ShouldBeNull();
        sandbox.Gateway.Read("null", sandbox.Outbox.Sign("null"), sandbox.Now).ShouldBeNull();
    }

    [Theory]
    [InlineData("4111 1111 1111 1111", "12", "34")]
    [InlineData("4242424242424242", "13", "34")]
    [InlineData("4242424242424242", "2", "26")]
    [InlineData("4242424242424242", "2", "2026")]
    [InlineData("4242424242424242", "", "")]
    [InlineData("", "12", "34")]
    public async Task A_number_that_is_no_test_number_or_an_expiry_in_the_past_is_not_taken(string number, string month, string year)
    {
        await using var sandbox = (SandboxAtWork)await SandboxAtWork.OpenAsync(databases, DatabaseKind.Sqlite);
        var customer = await sandbox.Gateway.EnterCustomerAsync(Acme, "Acme", "c", default);
        var setup = await sandbox.Gateway.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), "s", default);

        var taken = await sandbox.Desk.TakeAsync(setup.Id, number, month, year, default);

        taken.ShouldNotBeNull().ReturnTo.ShouldBeNull();
        taken.Value.Refusal.ShouldNotBeNullOrEmpty();
        (await sandbox.Gateway.FindCardAsync(customer, setup.Id, default)).ShouldBeNull();
    }

    [Fact]
    public void Every_number_has_one_meaning_and_the_sandboxs_own_belong_to_no_bank()
    {
        SandboxCard.All.Select(card => card.Number).Distinct().Count().ShouldBe(SandboxCard.All.Length);
        SandboxCard.All.Where(card => !HasCheckDigit(card.Number)).ShouldBe(SandboxCard.All.Where(card => card.Meaning.StartsWith("Ours", StringComparison.Ordinal)));

        static bool HasCheckDigit(string number) => number.Reverse().Select((digit, place) => (digit - '0') * (1 + (place % 2))).Sum(value => (value / 10) + (value % 10)) % 10 == 0;
    }
}
