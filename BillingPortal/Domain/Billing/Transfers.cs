using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>How value leaves one ledger and arrives in another: two entries of one transfer.</summary>
internal static class Transfers
{
    /// <summary>
    /// What the key of the entry that receives has behind it: several who give to one ledger may choose the same key, and no program's key can
    /// hold the arrow.
    /// </summary>
    public static string ReceivedFrom(OrganizationId giver) => $"←{giver}";

    /// <summary>What a bucket holds that has not lapsed.</summary>
    public static long Held(LedgerState state, AccountKind bucket, Instant now) => state.Accounts.Values
        .Where(account => account.Key.Kind == bucket && (account.ExpiresAt ?? Instant.Never) > now).Sum(account => Math.Max(0, account.Balance));

    /// <summary>Moves <paramref name="amount"/> millionths of a bucket, each lot with its own expiry.</summary>
    public static void Move(Course course, OrganizationId from, OrganizationId to, AccountKind bucket, long amount, ReasonCode reason, string comment, Guid transfer, string suffix)
    {
        var taken = DrawDown.TakeFrom(course[from], bucket, amount, course.Now).Where(line => line.Amount != 0).ToList();
        var detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"transfer-balance/1","from":{{from}},"to":{{to}}}""");
        var given = new EntryDraft(EntryKind.Transfer, reason, [.. taken, new(AccountKey.Of(AccountKind.TransfersInTransit), amount)])
        {
            Comment = comment,
            TransferId = transfer,
            KeySuffix = suffix,
            Detail = detail,
        };
        var (lines, lapses) = Arriving(course[from], course[to], bucket, taken);
        Consequences.Post(course, from, given);
        Consequences.Post(course, to, new EntryDraft(EntryKind.Transfer, reason, [.. lines, new(AccountKey.Of(AccountKind.TransfersInTransit), -amount)])
        {
            Comment = comment,
            TransferId = transfer,
            KeySuffix = suffix + ReceivedFrom(from),
            Detail = detail,
            Lapses = lapses,
        });
    }

    /// <summary>A transfer's id, reckoned from its key, so that deciding again gives the same.</summary>
    public static Guid IdOf(string key, OrganizationId from, OrganizationId to) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{from}:{to}:{key}"))).AsSpan(0, 16));

    private static (ImmutableArray<PostingDraft> Lines, ImmutableDictionary<AccountKey, Instant> Lapses) Arriving(
        LedgerState from, LedgerState to, AccountKind bucket, List<PostingDraft> taken)
    {
        if (bucket == AccountKind.Cash)
        {
            var amount = -taken.Sum(line => line.Amount);
            var repaid = Math.Min(amount, -to.BalanceOf(AccountKind.Overdraft));
            return ([new(AccountKey.Of(AccountKind.Overdraft), repaid), new(AccountKey.Of(AccountKind.Cash), amount - repaid)], ImmutableDictionary<AccountKey, Instant>.Empty);
        }

        var lapses = ImmutableDictionary.CreateBuilder<AccountKey, Instant>();
        var lines = ImmutableArray.CreateBuilder<PostingDraft>();
        var free = to.Accounts.Keys.Where(key => key.Kind == bucket).Select(key => key.Lot).DefaultIfEmpty(0).Max();
        foreach (var line in taken)
        {
            var expiry = from.Accounts[line.Account].ExpiresAt;
            var key = expiry is null ? AccountKey.Of(bucket) : AccountKey.Of(bucket, ++free);
            if (expiry is { } at)
            {
                lapses[key] = at;
            }

            lines.Add(new PostingDraft(key, -line.Amount));
        }

        return (lines.ToImmutable(), lapses.ToImmutable());
    }
}
