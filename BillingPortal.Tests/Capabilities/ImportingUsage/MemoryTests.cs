using BillingPortal.Capabilities.ImportingUsage;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

/// <summary>Alone, because what other tests hold would count.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;

[Collection<Alone>]
public sealed class MemoryTests
{
    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        const int rows = 100_000;
        var row = FocusFile.Row() + "\n";
        var file = new EndlessFile(row, FocusFile.Header + "\n") { Size = rows * (long)row.Length };
        var reader = new FocusReader(file);
        var tally = new UsageTally(reader.Errors);
        long early = 0, most = 0;
        await foreach (var usage in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            tally.Add(usage).ShouldBeTrue();
            if (reader.Rows % 25_000 == 0)
            {
                var live = GC.GetTotalMemory(forceFullCollection: true);
                (early, most) = (early == 0 ? live : early, Math.Max(most, live));
            }
        }

        reader.Rows.ShouldBeGreaterThan(rows - 10);
        (most - early).ShouldBeLessThan(8L << 20);
    }
}
