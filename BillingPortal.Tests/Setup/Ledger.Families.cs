using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Laws;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Auditing;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Usage;

namespace BillingPortal.Tests.Setup;

// What tests say of resellers and those under them.
internal sealed partial class Ledger
{
    public async Task<(OrganizationId Parent, OrganizationId West)> FamilyAsync(ChargingModel model = ChargingModel.Prepaid)
    {
        var parent = await OrganizationAsync(model, "Acme");
        return (parent, await OrganizationAsync(model, "Acme West", o => o.ParentId = parent.Value));
    }

    public TransferBalance Transfer(OrganizationId from, OrganizationId to, decimal amount, AccountKind bucket = AccountKind.Cash) =>
        new(Tester, NextKey(), from, to) { Amount = Micros(amount), Bucket = bucket };

    public UndoTransfer Undo(Receipt transfer) => new(Tester, NextKey(), transfer.Entries[0].Organization, transfer.Entries[0].Seq, transfer.Entries[1].Organization, transfer.Entries[1].Seq);

    public Task<Receipt> UseParentBalanceAsync(OrganizationId organization, OrganizationId parent, bool uses = true) =>
        DoneAsync(new ConfigureOrganization(Tester, NextKey(), organization) { Parent = parent, UseParentBalance = uses });

    public Task<Receipt> CapAsync(OrganizationId organization, decimal amount) => DoneAsync(new SetBillingRule(Tester, NextKey())
    {
        Wishes = [new RuleWish(organization) { CapEnabled = true, CapAmount = Micros(amount), Soft = false }],
    });

    public async Task<LedgerState> StateAsync(OrganizationId organization)
    {
        var preview = (await Writer.PreviewAsync(new LookAgain(Tester, NextKey(), organization), CancellationToken.None)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        return preview.Before[organization];
    }

    public async Task<decimal> HeldAsync(OrganizationId organization, AccountKind bucket = AccountKind.Cash) => (await StateAsync(organization)).BalanceOf(bucket) / 1_000_000m;

    public async Task<Refusal> RefusedAsync(MoneyCommand command) => (await RunAsync(command)).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal;

    /// <summary>Every law holds over all ledgers here.</summary>
    public async Task LawsHoldAsync()
    {
        (await new LedgerAudit(Options).RunAsync(LedgerLaws.ForOnePass(), stopAtFirst: true, progress: null, CancellationToken.None)).ShouldBeNull();
        foreach (var law in new ILaw[] { new CarryLaw(Options), new WindowLaw(Options), new LateUsageLaw(Options), new InvoiceLaw(Options) })
        {
            var finding = await law.CheckAsync(CancellationToken.None);
            finding.Holds.ShouldBeTrue(finding.Finding);
        }
    }

    public static string[] Lines(JournalEntry entry) =>
        [.. entry.Postings.Select(posting => $"{posting.Account} {new Money(posting.Amount, Currency.Usd).ToDecimalString()}")];
}
