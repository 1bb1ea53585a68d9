using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Charging;

/// <summary>One charge, read again: whoever may request charges may see them.</summary>
public sealed class GetCharge(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.Charge;

    /// <summary>
    /// Reads the charge that is the entry <paramref name="seq"/> of the organization's ledger, or of <paramref name="payer"/>'s, which paid for it; an
    /// entry of another kind or for somebody else is not found.
    /// </summary>
    public async Task<Outcome<ChargeAnswer>> RunAsync(Caller caller, Guid uuid, long? payer, long seq, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel), Permission);
        if (reached is not Outcome<Organization>.Done { Value: var organization })
        {
            return reached.Then<ChargeAnswer>(_ => throw new InvalidOperationException("Reached."));
        }

        var ledger = payer ?? organization.Id;
        var revenue = ledger == organization.Id ? AccountKey.Of(AccountKind.Revenue) : AccountKey.RevenueFrom(new OrganizationId(organization.Id));
        var entry = await store.Entries.FirstOrDefaultAsync(row => row.OrganizationId == ledger && row.Seq == seq && row.Kind == (int)EntryKind.Charge, cancel);
        var line = await store.Postings.FirstOrDefaultAsync(row => row.OrganizationId == ledger && row.Account == revenue.Value && row.Seq == seq, cancel);
        if (entry is null || (line is null && ledger != organization.Id))
        {
            return new Outcome<ChargeAnswer>.NotFound("There is no such charge.");
        }

        var until = ledger == organization.Id ? seq : await store.Entries
            .Where(row => row.OrganizationId == organization.Id && row.RecordedAt <= entry.RecordedAt).MaxAsync(row => (long?)row.Seq, cancel) ?? 0;

        // The last posting at or before the entry, for each account: its balance then, and its line where it is the entry's own.
        var lasts = await store.Accounts.Where(account => account.OrganizationId == organization.Id)
            .Select(account => store.Postings
                .Where(posting => posting.OrganizationId == account.OrganizationId && posting.Account == account.Account && posting.Seq <= until)
                .OrderByDescending(posting => posting.Seq).FirstOrDefault())
            .ToListAsync(cancel);
        var held = lasts.OfType<PostingRow>().OrderBy(posting => posting.Account).ToList();
        return new Outcome<ChargeAnswer>.Done(ChargeAnswer.Of(organization, Entry(entry, ledger == organization.Id ? held : [line!]),
            kind => held.Where(posting => new AccountKey(posting.Account).Kind == kind).Sum(posting => posting.BalanceAfter)));
    }

    private static JournalEntry Entry(EntryRow row, IEnumerable<PostingRow> held) => new()
    {
        Organization = new OrganizationId(row.OrganizationId),
        Seq = row.Seq,
        Kind = (EntryKind)row.Kind,
        Reason = row.Reason,
        Comment = row.Comment,
        Actor = new Actor(row.Actor, row.Via),
        Service = row.Service,
        Detail = row.Detail,
        Period = row.Period,
        EffectiveAt = new Instant(row.EffectiveAt),
        RecordedAt = new Instant(row.RecordedAt),
        Late = row.Late,
        IdempotencyKey = row.IdempotencyKey,
        RequestHash = Hash256.FromBytes(row.RequestHash),
        PreviousHash = Hash256.FromBytes(row.PrevHash),
        Hash = Hash256.FromBytes(row.Hash),
        NetAmount = row.NetAmount,
        NetAfter = row.NetAfter,
        Postings = [.. held.Where(posting => posting.Seq == row.Seq).Select(posting => new Posting(new AccountKey(posting.Account), posting.Amount, posting.BalanceAfter))],
    };
}
