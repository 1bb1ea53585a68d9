using BillingPortal.Capabilities.BillingDetails;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.TaxRegisters;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.BillingDetails;

public sealed class VerifyTaxNumbersTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task A_new_number_is_verified_and_one_the_register_was_silent_about_is_asked_about_every_hour(DatabaseKind kind)
    {
        await using var house = await DetailsHouse.BuildAsync(databases, kind);
        await house.ChangeAsync((DetailField.TaxId, "DE136695976"));
        (await house.StoredAsync()).Tax.Status.ShouldBe(TaxStatus.Pending);

        house.Says = new TaxRegisterAnswer.Silent("It is out of order.");
        (await house.Verifying.RunAsync(default)).ShouldBe(1);
        (await house.Verifying.RunAsync(default)).ShouldBe(0);
        (await house.StoredAsync()).Tax.Status.ShouldBe(TaxStatus.Unavailable);

        house.Clock.Advance(VerifyTaxNumbers.Again);
        house.Says = new TaxRegisterAnswer.Known("Acme Robotics GmbH");
        (await house.Verifying.RunAsync(default)).ShouldBe(1);
        (await house.StoredAsync()).Tax.ShouldBe(new TaxStanding(TaxStatus.Verified, Instant.Now(house.Clock), "Acme Robotics GmbH"));
        (await house.Verifying.RunAsync(default)).ShouldBe(0);

        // Silence takes nothing from what was verified; a no does, and stands in the history.
        house.Says = new TaxRegisterAnswer.Silent("It is out of order.");
        await house.Checking.RunAsync(house.Admin, house.Acme, default);
        (await house.StoredAsync()).Tax.Status.ShouldBe(TaxStatus.Verified);
        house.Says = new TaxRegisterAnswer.NotKnown();
        await house.Checking.RunAsync(house.Admin, house.Acme, default);
        (await house.StoredAsync()).Tax.Status.ShouldBe(TaxStatus.Unverified);
        await using var store = house.Stores.CreateDbContext();
        (await DetailsHistoryLine.ReadAsync(store, house.Acme.Value, 9, default)).Select(line => $"{line.Actor.Id} {line.Fields[0].Field} {line.Fields[0].Before}→{line.Fields[0].After}").ShouldBe(
            ["user:admin tax_status Verified→Unverified", "system tax_status Unavailable→Verified", "user:admin billing_tax_id →DE136695976"]);
    }

    [Fact]
    public async Task A_number_that_changed_while_the_register_was_asked_keeps_its_own_standing()
    {
        await using var house = await DetailsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        await house.ChangeAsync((DetailField.TaxId, "DE136695976"));
        var asked = await house.StoredAsync();
        await house.ChangeAsync((DetailField.TaxId, "EL123456783"));

        house.Says = new TaxRegisterAnswer.Known("Acme Robotics GmbH");
        (await house.Checks.AskAsync(house.Acme.Value, "DE136695976", asked.Tax, house.Admin.Actor, default)).Now.ShouldBeNull();

        (await house.StoredAsync()).Tax.Status.ShouldBe(TaxStatus.Pending);
    }

    [Fact]
    public async Task A_register_that_is_out_of_order_is_left_alone_after_three_numbers()
    {
        await using var house = await DetailsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        var writer = new OrganizationWriter(house.Ledger.Writer, house.Clock);
        foreach (var name in new[] { "A1", "A2", "A3", "A4" })
        {
            var organization = await house.Ledger.OrganizationAsync(name: name);
            await writer.RunAsync([organization.Value], edits => edits.SetVatinAsync(organization.Value, "DE136695976", house.Admin.Actor), default);
        }

        house.Says = new TaxRegisterAnswer.Silent("It is out of order.");
        (await house.Verifying.RunAsync(default)).ShouldBe(3);
        (await house.Verifying.RunAsync(default)).ShouldBe(1);
    }
}
