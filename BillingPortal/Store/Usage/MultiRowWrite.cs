using System.Data.Common;
using System.Globalization;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store.Usage;

/// <summary>Writes many rows in SQL that both databases know.</summary>
internal static class MultiRowWrite
{
    /// <summary>
    /// Rows in one statement. A statement to PostgreSQL is a round trip, so it takes many; within SQLite a statement costs next to nothing and
    /// finding a parameter by name costs more the more there are, so it takes one.
    /// </summary>
    private const int RowsOnPostgres = 100, RowsOnSqlite = 1;

    /// <summary>Inserts <paramref name="rows"/> into <paramref name="target"/>, the table with its columns in parentheses.</summary>
    /// <param name="connection">An open connection; its transaction, if any, is the caller's.</param>
    /// <param name="target">Table and columns.</param>
    /// <param name="rows">The values in the order of the columns.</param>
    /// <param name="conflict">What follows the values, such as ON CONFLICT.</param>
    public static async Task InsertAsync(DbConnection connection, string target, IEnumerable<object?[]> rows, string conflict = "")
    {
        DbCommand? insert = null;
        try
        {
            foreach (var chunk in rows.Chunk(connection is SqliteConnection ? RowsOnSqlite : RowsOnPostgres))
            {
                var values = chunk.SelectMany(row => row).ToArray();
                if (insert?.Parameters.Count != values.Length)
                {
                    await (insert?.DisposeAsync() ?? ValueTask.CompletedTask);
                    insert = Statement(connection, target, chunk.Length, values.Length / chunk.Length, conflict);
                }

                for (var i = 0; i < values.Length; i++)
                {
                    insert.Parameters[i].Value = values[i] ?? DBNull.Value;
                }

                await insert.ExecuteNonQueryAsync();
            }
        }
        finally
        {
            await (insert?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static DbCommand Statement(DbConnection connection, string target, int rows, int columns, string conflict)
    {
        var names = Enumerable.Range(0, rows * columns).Select(i => string.Create(CultureInfo.InvariantCulture, $"v{i}")).ToArray();
        var tuples = names.Chunk(columns).Select(row => $"(@{string.Join(", @", row)})");
        return LedgerQueries.Command(connection, $"INSERT INTO {target} VALUES {string.Join(", ", tuples)} {conflict}", [.. names.Select(name => (name, (object)DBNull.Value))]);
    }
}
