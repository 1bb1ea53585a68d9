using System.Globalization;
using BillingPortal.Domain.Laws;
using BillingPortal.Store;
using BillingPortal.Store.Auditing;
using BillingPortal.Web.CommandLine;

namespace BillingPortal.Capabilities.Auditing;

/// <summary><c>verify</c>: recomputes balances, sums and the hash chain from what is stored, while the portal runs, and names the first break.</summary>
public sealed class VerifyVerb(DatabaseOptions options, IEnumerable<ILaw> others, TimeProvider clock) : IVerb
{
    /// <inheritdoc />
    public string Name => "verify";

    /// <inheritdoc />
    public string Arguments => "";

    /// <inheritdoc />
    public string Summary => "Checks every ledger from its postings: sums, balances, floors, reversals, the hash chain. Exit 1 names the first break. May run beside the portal.";

    /// <inheritdoc />
    public async Task<int> RunAsync(VerbArguments arguments, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        arguments.Allow();
        if (arguments.Positions.Count > 0)
        {
            throw new UsageException($"'{arguments.Positions[0]}' is not understood.");
        }

        var started = clock.GetTimestamp();
        var laws = LedgerLaws.ForOnePass();
        var read = new AuditProgress(0, 0);
        if (await new LedgerAudit(options).RunAsync(laws, stopAtFirst: true, progress => read = progress, cancel) is { } found)
        {
            await errors.WriteLineAsync($"The books are broken: {found}.");
            return 1;
        }

        foreach (var law in laws)
        {
            await output.WriteLineAsync(Line(law.Name, law.Over, law.Unit, law.Finding));
        }

        foreach (var law in others)
        {
            var finding = await law.CheckAsync(cancel);
            if (!finding.Holds)
            {
                await errors.WriteLineAsync($"The books are broken: {law.Name}: {finding.Finding}.");
                return 1;
            }

            await output.WriteLineAsync(Line(law.Name, finding.Over, law.Unit, finding.Finding));
        }

        var seconds = (long)clock.GetElapsedTime(started).TotalMilliseconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Verified {read.Ledgers} ledgers, {read.Entries} entries in {seconds / 1000}.{seconds % 1000:000} s. The books hold."));
        return 0;
    }

    private static string Line(string name, long over, string unit, string finding) =>
        string.Create(CultureInfo.InvariantCulture, $"holds: {name} ({over} {unit}{(finding.Length > 0 ? "; " + finding : "")})");
}
