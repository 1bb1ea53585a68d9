using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Rating;

namespace BillingPortal.Store.Writing;

/// <summary>
/// One connection to the ledger's tables and at most one transaction on it. The two databases differ in how they lock and write; what
/// is read is read alike.
/// </summary>
internal abstract class LedgerSession : IAsyncDisposable
{
    public abstract DbConnection Connection { get; }

    /// <summary>True within a transaction that may write: what is read then may be held.</summary>
    protected bool Writes { get; set; }

    /// <summary>Begins to write: locks the heads in id order, and the actors whose totals will be read, then loads.</summary>
    public abstract Task<LoadedLedgers> BeginAsync(
        IReadOnlyList<long> organizations, IReadOnlyCollection<(long Organization, string Key)> keys, IReadOnlyCollection<string> actors);

    /// <summary>Begins to read one consistent picture, without locks.</summary>
    public abstract Task<LoadedLedgers> BeginReadingAsync(IReadOnlyList<long> organizations);

    /// <summary>Begins to write before it is known which ledgers are touched; <see cref="LockAsync"/> follows.</summary>
    public abstract Task BeginBareAsync();

    /// <summary>Locks and loads within a transaction that was begun bare.</summary>
    public abstract Task<LoadedLedgers> LockAsync(IReadOnlyList<long> organizations);

    /// <summary>Writes without committing, so that facts loaded next see it.</summary>
    public abstract Task FlushAsync(PendingWrites writes);

    /// <summary>Writes what is left and commits; durable when it returns.</summary>
    public abstract Task CommitAsync(PendingWrites writes);

    /// <summary>Gives up the transaction, if there is one.</summary>
    public abstract Task RollbackAsync();

    /// <summary>Gives up an open transaction first: a pooled connection would hand it to whoever comes next.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RollbackAsync();
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }

    /// <summary>Loads what a command asked to see.</summary>
    public async Task<Facts> FactsAsync(FactsNeeded needs, string actor, ImmutableArray<OrganizationId> organizations, Instant now)
    {
        if (needs.IsNone)
        {
            return Facts.None;
        }

        var facts = new Facts();
        if (needs.Entry is { } asked)
        {
            facts = facts with
            {
                Entry = (await LedgerQueries.EntriesAsync(Connection, asked.Organization.Value, "e.seq = @value", asked.Seq)).FirstOrDefault(),
                ReversedBy = await ReversedByAsync(asked),
            };
        }

        if (needs.Other is { } other)
        {
            facts = facts with
            {
                Other = (await LedgerQueries.EntriesAsync(Connection, other.Organization.Value, "e.seq = @value", other.Seq)).FirstOrDefault(),
                OtherReversedBy = await ReversedByAsync(other),
            };
        }

        facts = facts with
        {
            Recharge = needs.Recharge is { } recharge ? await RuleQueries.RechargeAsync(Connection, recharge.Organization, recharge.Number) : null,
            Refund = needs.Refund is { } refund ? await RefundQueries.FactsAsync(Connection, refund) : null,
            Checkout = needs.Checkout is { } checkout ? await CheckoutQueries.FactsAsync(Connection, checkout) : null,
            Dispute = needs.Dispute is { } dispute ? await RuleQueries.DisputeAsync(Connection, dispute.Provider, dispute.Id) : null,
            PaysFor = needs.PaysFor is { } payer ? await LedgerQueries.ScalarAsync(Connection, "SELECT COUNT(*) FROM organization WHERE payer_id = @o", ("o", payer.Value)) ?? 0 : 0,
            Plans = needs.Plans is { } plans ? await PlanQueries.FactsAsync(Connection, plans, now) : null,
            Card = needs.Card is { } card ? await RuleQueries.CardAsync(Connection, card) : null,
            CardPaysFee = needs.Card is { } charged && await PlanQueries.IsChargedAsync(Connection, charged),
        };
        facts = facts with
        {
            Config = needs.Config is { } configured ? await BillingConfigQueries.FactsAsync(Connection, configured) : null,
            Closing = needs.Closing is { } closing ? await ClosingQueries.FactsAsync(Connection, closing.Organization, closing.Period) : null,
            Invoice = needs.Invoice is { } invoice ? await InvoiceQueries.FactsAsync(Connection, invoice.Organization, invoice.Ordinal, now) : null,
            Number = needs.Number is { } number ? await InvoiceQueries.NumberAsync(Connection, number.Organization, number.Kind, now, hold: Writes) : null,
            Voucher = needs.Voucher is { } voucher ? await VoucherQueries.FactsAsync(Connection, voucher, hold: Writes) : null,
            Rating = needs.Rating is { } rating ? await RatingQueries.FactsAsync(Connection, rating) : null,
        };
        if (needs.RollingTotals)
        {
            facts = await MovedAsync(facts, actor, organizations, now.Plus(-ApprovalLimit.Window).Micros);
        }

        if (!needs.Draws.IsEmpty)
        {
            facts = facts with { Draws = await DrawsAsync(needs) };
        }

        return facts;
    }

    private async Task<ImmutableArray<DrawLine>> DrawsAsync(FactsNeeded needs)
    {
        var draws = ImmutableArray.CreateBuilder<DrawLine>();
        foreach (var (drawn, period) in needs.Draws)
        {
            draws.AddRange(await LedgerQueries.DrawsAsync(Connection, drawn, period));
        }

        return draws.ToImmutable();
    }

    /// <summary>What was moved by hand since then, by the actor and in each organization.</summary>
    private async Task<Facts> MovedAsync(Facts facts, string actor, ImmutableArray<OrganizationId> organizations, long since)
    {
        facts = facts with
        {
            MovedByActor = await LedgerQueries.MovedAsync(Connection, "e.actor = @who AND a.currency = (SELECT currency FROM organization WHERE id = @organization)", actor, since, organizations[0])
                + await RuleQueries.WeighedAsync(Connection, "actor", actor, since, organizations[0]),
        };
        foreach (var organization in organizations.Distinct())
        {
            var moved = await LedgerQueries.MovedAsync(Connection, "e.organization_id = @who", organization.Value, since, organization)
                + await RuleQueries.WeighedAsync(Connection, "organization_id", organization.Value, since, organization);
            facts = facts with { MovedInOrganization = Math.Max(facts.MovedInOrganization, moved) };
        }

        return facts;
    }

    /// <summary>Counts the windows of caps that a command must see, from the journal as this transaction sees it.</summary>
    public async Task<ImmutableArray<(OrganizationId Organization, SpendingWindow Window)>> WindowsAsync(IEnumerable<WindowNeeded> needed)
    {
        var counted = ImmutableArray.CreateBuilder<(OrganizationId, SpendingWindow)>();
        foreach (var window in needed)
        {
            counted.Add((window.Organization, new SpendingWindow(window.Start, window.End, await RuleQueries.SpentAsync(Connection, window), 0)));
        }

        return counted.ToImmutable();
    }

    /// <summary>What a command wrote when its key came before.</summary>
    public async Task<ImmutableArray<JournalEntry>> WrittenAsync(MoneyCommand command)
    {
        var entries = ImmutableArray.CreateBuilder<JournalEntry>();
        foreach (var (organization, key) in command.EntryKeys)
        {
            entries.AddRange(await LedgerQueries.EntriesAsync(Connection, organization.Value, "e.idempotency_key = @value", key));
        }

        return entries.ToImmutable();
    }

    private Task<long?> ReversedByAsync((OrganizationId Organization, long Seq) entry) => LedgerQueries.ScalarAsync(Connection,
        "SELECT seq FROM journal_entry WHERE organization_id = @o AND reverses_seq = @s", ("o", entry.Organization.Value), ("s", entry.Seq));
}
