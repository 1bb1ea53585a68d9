using System.Data.Common;
using System.Globalization;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Usage;

/// <summary>Writes many rows with few statements, in SQL that both databases know.</summary>
internal static class MultiRowWrite
{
    /// <summary>Rows in one statement: enough that the statement's cost is small, few enough for every limit on parameters.</summary>
    private const int RowsInStatement = 100;

    /// <summary>Inserts <paramref name="rows"/> into <paramref name="target"/>, the table with its columns in parentheses.</summary>
    /// <param name="connection">An open connection; its transaction, if any, is the caller's.</param>
    /// <param name="target">Table and columns.</param>
    /// <param name="rows">The values in the order of the columns.</param>
    /// <param name="conflict">What follows the values, such as ON CONFLICT.</param>
    public static async Task InsertAsync(DbConnection connection, string target, IEnumerable<object?[]> rows, string conflict = "")
    {
        foreach (var chunk in rows.Chunk(RowsInStatement))
        {
            var values = string.Join(", ", chunk.Select((row, r) =>
                "(" + string.Join(", ", row.Select((_, c) => string.Create(CultureInfo.InvariantCulture, $"@v{(r * row.Length) + c}"))) + ")"));
            await using var insert = LedgerQueries.Command(connection, $"INSERT INTO {target} VALUES {values} {conflict}",
                [.. chunk.SelectMany(row => row).Select((value, i) => (string.Create(CultureInfo.InvariantCulture, $"v{i}"), value ?? DBNull.Value))]);
            await insert.ExecuteNonQueryAsync();
        }
    }
}
