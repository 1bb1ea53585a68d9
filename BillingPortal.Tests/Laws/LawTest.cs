using BillingPortal.Tests.Setup;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Laws;

/// <summary>
/// A law that holds for random histories on a real database. Each case has an organization of its own in one database; a failing
/// history is made as short as it can be before it is shown.
/// </summary>
public abstract class LawTest(TestDatabases databases)
{
    private const int Cases = 50;

    /// <summary>The databases.</summary>
    protected TestDatabases Databases => databases;

    /// <summary>Holds <paramref name="law"/> against random histories.</summary>
    private protected async Task HoldsAsync(DatabaseKind kind, Arbitrary<Wish[]> histories, Func<Ledger, FakeClock, Wish[], Task> law)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);

        // FsCheck runs its cases on the thread that asks, which waits for each: not one of the runner's own.
        await Task.Run(() => Prop.ForAll(histories, wishes => Task.Run(() => law(ledger, clock, wishes)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases)));
    }
}
