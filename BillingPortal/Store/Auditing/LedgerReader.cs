using System.Threading.Channels;
using BillingPortal.Domain.Laws;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Auditing;

/// <summary>
/// Reads every ledger once, in order, while the portal writes. Small ledgers are read together, each chunk in a short read transaction of
/// its own, because a long one would keep SQLite from resetting its log. Of a large ledger head and accounts are read in one picture and the
/// entries up to that head piece by piece: what stands behind a head is never changed.
/// </summary>
internal sealed class LedgerReader(DatabaseOptions options)
{
    private const int MostLedgers = 512;
    private const int MostEntries = 8_192;

    /// <summary>Reads ahead of whoever checks, by a few chunks.</summary>
    public ChannelReader<IReadOnlyList<LedgerPart>> Start(CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<IReadOnlyList<LedgerPart>>(new BoundedChannelOptions(3) { SingleReader = true, SingleWriter = true });
        _ = Task.Run(async () =>
        {
            try
            {
                await ReadAsync(channel.Writer, cancel);
                channel.Writer.Complete();
            }
#pragma warning disable CA1031 // the fault travels through the channel to whoever checks
            catch (Exception fault)
#pragma warning restore CA1031
            {
                channel.Writer.Complete(fault);
            }
        }, CancellationToken.None);
        return channel.Reader;
    }

    private async Task ReadAsync(ChannelWriter<IReadOnlyList<LedgerPart>> to, CancellationToken cancel)
    {
        await using var connection = await LedgerConnection.OpenAsync(options, cancel);
        var rows = new LedgerRowsReader(connection, cancel);
        for (long? after = 0; after is { } from;)
        {
            IReadOnlyList<LedgerPart> chunk;
            (AuditedLedger Ledger, long Last)? large;
            await using (await connection.PictureAsync(cancel))
            {
                var heads = await rows.HeadsAsync(from, MostLedgers);
                var taken = Fitting(heads);
                var end = taken == heads.Count && heads.Count < MostLedgers ? long.MaxValue : heads[taken - 1].Organization;
                large = taken == 1 && heads[0].Head.Seq > MostEntries ? await LargeAsync(rows, heads[0]) : null;
                chunk = large is null ? await ChunkAsync(rows, from, end, heads) : await ChunkAsync(rows, from, heads[0].Organization - 1, []);
                after = large is not null ? heads[0].Organization : end == long.MaxValue ? null : end;
            }

            await to.WriteAsync(chunk, cancel);
            if (large is { } whole)
            {
                await PiecesAsync(rows, whole.Ledger, whole.Last, to, cancel);
            }
        }
    }

    /// <summary>How many ledgers make a chunk: as many as keep it small, at least one; a large one stands alone.</summary>
    private static int Fitting(List<(long Organization, LedgerHead Head)> heads)
    {
        var entries = 0L;
        for (var at = 0; at < heads.Count; at++)
        {
            entries += heads[at].Head.Seq;
            if (entries > MostEntries && at > 0)
            {
                return at;
            }
        }

        return heads.Count > 0 && heads[0].Head.Seq > MostEntries ? 1 : heads.Count;
    }

    private static async Task<IReadOnlyList<LedgerPart>> ChunkAsync(LedgerRowsReader rows, long from, long to, List<(long Organization, LedgerHead Head)> heads)
    {
        if (to <= from)
        {
            return [];
        }

        var known = (await rows.OrganizationsAsync(from, to)).ToDictionary(o => o.Id);
        var headOf = heads.Where(head => head.Organization <= to).ToDictionary(head => head.Organization, head => head.Head);
        var accounts = (await rows.AccountsAsync(from, to)).ToLookup(row => row.Organization, row => row.Account);
        var published = (await rows.PublishedAsync(from, to)).ToDictionary(head => head.Organization, head => head.Head);
        var reversed = (await rows.ReversedAsync(from, to)).ToLookup(row => row.Organization, row => row.Seq);
        var entries = (await rows.EntriesAsync(from, to)).ToLookup(row => row.Entry.Organization.Value);
        var postings = (await rows.PostingsAsync(from, to)).ToLookup(row => row.Organization);
        return
        [
            .. known.Keys.Union(headOf.Keys).Union(published.Keys).Union(accounts.Select(g => g.Key)).Union(entries.Select(g => g.Key)).Union(postings.Select(g => g.Key)).Order()
                .Select(id => LedgerPart.Of(
                    Ledger(id, known.TryGetValue(id, out var organization) ? organization : null, headOf.GetValueOrDefault(id), accounts[id], reversed[id]) with { Published = published.GetValueOrDefault(id) },
                    begins: true, ends: true, [.. entries[id]], postings[id])),
        ];
    }

    /// <summary>A large ledger without its entries, and the number of the last one stored, which should be the head's.</summary>
    private static async Task<(AuditedLedger Ledger, long Last)> LargeAsync(LedgerRowsReader rows, (long Organization, LedgerHead Head) head)
    {
        var before = head.Organization - 1;
        var organizations = await rows.OrganizationsAsync(before, head.Organization);
        return (Ledger(head.Organization, organizations.Count > 0 ? organizations[0] : null, head.Head,
            (await rows.AccountsAsync(before, head.Organization)).Select(row => row.Account),
            (await rows.ReversedAsync(before, head.Organization)).Select(row => row.Seq)) with { Published = (await rows.PublishedAsync(before, head.Organization)).Select(row => row.Head).FirstOrDefault() },
            Math.Max(head.Head.Seq, await rows.LastSeqAsync(head.Organization)));
    }

    private static async Task PiecesAsync(LedgerRowsReader rows, AuditedLedger ledger, long end, ChannelWriter<IReadOnlyList<LedgerPart>> to, CancellationToken cancel)
    {
        var id = ledger.Organization.Value;
        var accounts = await rows.PostedAccountsAsync(id);
        for (var seq = 0L; seq < end; seq += MostEntries)
        {
            var last = Math.Min(seq + MostEntries, end);
            var entries = await rows.EntriesOfAsync(id, seq, last);
            var postings = new List<StoredPosting>();
            foreach (var account in accounts)
            {
                postings.AddRange(await rows.PostingsOfAsync(id, account, seq, last));
            }

            await to.WriteAsync([LedgerPart.Of(ledger, begins: seq == 0, ends: last == end, entries, postings)], cancel);
        }
    }

    private static AuditedLedger Ledger(
        long id, (long Id, string Currency, string Zone, bool AllowOverdraft)? organization, LedgerHead? head, IEnumerable<AuditedAccount> accounts, IEnumerable<long> reversed) => new()
        {
            Organization = new OrganizationId(id),
            IsKnown = organization is not null,
            Currency = organization?.Currency ?? "",
            TimeZone = organization?.Zone ?? "UTC",
            AllowOverdraft = organization?.AllowOverdraft ?? false,
            Head = head,
            Accounts = [.. accounts],
            Reversed = reversed.ToHashSet(),
        };
}
