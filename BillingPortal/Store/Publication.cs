using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Store;

/// <summary>
/// A command that prepares rows of its own in the same transaction as its postings, alone in its batch: an import creates
/// organizations, posts, and flips its state, all or nothing.
/// </summary>
public abstract class Publication
{
    /// <summary>Works before the ledgers are locked (new organizations and their heads) and gives the command, or an outcome that ends it: committed when done, rolled back otherwise.</summary>
    public abstract Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection);

    /// <summary>Works after the postings are written and before COMMIT.</summary>
    public abstract Task CompleteAsync(DbConnection connection, Receipt receipt);
}
