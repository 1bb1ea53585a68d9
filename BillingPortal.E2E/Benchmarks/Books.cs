using System.Data.Common;
using System.Globalization;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>The books checked in plain SQL, by nothing that wrote them.</summary>
internal static class Books
{
    private static readonly (string Law, string Breaches)[] Checks =
    [
        ("every entry sums to zero",
            "SELECT count(*) FROM (SELECT 1 FROM posting GROUP BY organization_id, seq HAVING sum(amount) <> 0) AS b"),
        ("a balance is the sum of its postings",
            """
            SELECT count(*) FROM account a LEFT JOIN
              (SELECT organization_id, account, sum(amount) AS total FROM posting GROUP BY organization_id, account) p
              ON p.organization_id = a.organization_id AND p.account = a.account
            WHERE a.balance <> coalesce(p.total, 0)
            """),
        ("every balance after follows from the one before",
            """
            SELECT count(*) FROM (SELECT balance_after,
              sum(amount) OVER (PARTITION BY organization_id, account ORDER BY seq) AS running FROM posting) AS b
            WHERE balance_after <> running
            """),
        ("the journal has no gap",
            """
            SELECT count(*) FROM ledger_head h LEFT JOIN
              (SELECT organization_id, count(*) AS entries, max(seq) AS last FROM journal_entry GROUP BY organization_id) e
              ON e.organization_id = h.organization_id
            WHERE h.seq <> coalesce(e.entries, 0) OR h.seq <> coalesce(e.last, 0)
            """),
        ("each entry carries the hash before it",
            """
            SELECT count(*) FROM journal_entry e JOIN journal_entry b ON b.organization_id = e.organization_id AND b.seq = e.seq - 1
            WHERE e.prev_hash <> b.hash
            """),
        ("the trial balance sums to zero",
            "SELECT count(*) FROM (SELECT 1 FROM account GROUP BY currency HAVING sum(balance) <> 0) AS b"),
    ];

    /// <summary>True where all hold; says which do not.</summary>
    public static async Task<bool> AreExactAsync(TestDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        var broken = new List<string>();
        foreach (var (law, breaches) in Checks)
        {
            if (await CountAsync(connection, breaches) is > 0 and var count)
            {
                broken.Add($"{law}: broken {count} times");
            }
        }

        var entries = await CountAsync(connection, "SELECT count(*) FROM journal_entry");
        Report.Line($"books on {database.Kind} after {entries.ToString("#,0", CultureInfo.InvariantCulture)} entries", broken.Count == 0 ? "exact" : "BROKEN");
        broken.ForEach(line => Console.WriteLine("    " + line));
        return broken.Count == 0;
    }

    /// <summary>The number that <paramref name="sql"/> selects.</summary>
    public static async Task<long> CountAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this project
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 600;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
