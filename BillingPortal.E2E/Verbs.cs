namespace BillingPortal.E2E;

/// <summary>Drills and benchmarks: too long for a test run, and their result is figures, not a yes.</summary>
internal static class Verbs
{
    private const string Usage = """
        bench ledger     durable posts per second against the same statements in raw ADO.NET
        bench overview   first and next page of the overview against raw SQL
        bench history    balance, history and balance as of an instant, as the history grows
        drill kill       the portal killed ten times under load, then the books
        """;

    /// <summary>Runs the verb and tells how it ended: 0 when it held, 1 when it did not, 2 when there is no such verb.</summary>
    public static Task<int> RunAsync(string[] args) => args switch
    {
        _ => UnknownAsync(),
    };

    private static async Task<int> UnknownAsync()
    {
        await Console.Error.WriteLineAsync(Usage);
        return 2;
    }
}
