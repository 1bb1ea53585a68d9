using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Usage;
using BillingPortal.Web.CommandLine;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Imports a usage file from the command line, which is the operator's.</summary>
public sealed class ImportUsageVerb(IDbContextFactory<BillingStore> stores, UsageIntake intake, UsageImports imports, AbandonedImports abandoned) : IVerb
{
    private const int ErrorsShown = 20;

    /// <inheritdoc />
    public string Name => "import-usage";

    /// <inheritdoc />
    public string Arguments => "FILE [--replace] [--errors FILE]";

    /// <inheritdoc />
    public string Summary => "Imports a FOCUS 1.0 CSV file. --replace lets it replace months that were delivered before; --errors writes every row error to a CSV file.";

    /// <inheritdoc />
    public async Task<int> RunAsync(VerbArguments arguments, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        arguments.Allow("replace", "errors");
        if (arguments.Positions is not [var path])
        {
            throw new UsageException("Name one file.");
        }

        if (!File.Exists(path))
        {
            await errors.WriteLineAsync($"There is no file {Path.GetFullPath(path)}.");
            return 1;
        }

        await StoreMigration.MigrateAsync(stores, cancel);
        await abandoned.ClearAsync(cancel);
        await using var file = File.OpenRead(path);
        var actor = Actor.System("command-line");
        var import = await intake.StageAsync(actor, Path.GetFileName(path), file, progress: null, cancel);
        if (import.State == UsageImportState.Refused)
        {
            await ReportAsync(import, arguments.Option("errors"), errors, cancel);
            return 1;
        }

        if (import.State == UsageImportState.Staged)
        {
            var outcome = await intake.PublishAsync(actor, import.Id, Agreement.OfProgram, arguments.Flag("replace"), cancel);
            if (outcome is not Outcome<UsageImport>.Done { Value: var published })
            {
                await RefusedAsync(import, outcome, errors);
                return 1;
            }

            import = published;
        }

        if (import.State is not (UsageImportState.Published or UsageImportState.Unchanged))
        {
            await errors.WriteLineAsync($"import {import.Id} ended otherwise ({import.State}); nothing was imported. Import the file again.");
            return 1;
        }

        await DescribeAsync(import, output);
        return 0;
    }

    private static async Task DescribeAsync(UsageImport import, TextWriter output)
    {
        var summary = import.Summary;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"import {import.Id}: {import.Rows} rows of {import.FileName}"));
        if (import.State == UsageImportState.Unchanged)
        {
            await output.WriteLineAsync("no change: everything in it was delivered before");
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"""
            resellers: {summary.Resellers}
            sub-organizations: {summary.SubOrganizations}
            new organizations: {summary.NewOrganizations}
            entries: {summary.Entries}
            organizations charged: {summary.OrganizationsCharged}
            """));
        foreach (var sum in summary.Sums)
        {
            await output.WriteLineAsync($"posted: {sum.Posted} {sum.Currency}\ncarried: {sum.Carried} {sum.Currency}");
        }

        foreach (var month in summary.Replaced)
        {
            await output.WriteLineAsync($"replaced: {month}");
        }
    }

    private async Task RefusedAsync(UsageImport import, Outcome<UsageImport> outcome, TextWriter errors)
    {
        var reason = outcome.Match(
            done: _ => "",
            invalid: fields => string.Join(' ', fields.Select(field => field.Message)),
            refused: refusal => refusal.Message + (refusal.Code == RefusalCode.WouldReplace ? " Pass --replace to post the differences." : ""),
            needsApproval: _ => "A second person must agree.",
            unknown: why => why,
            notFound: what => what,
            stale: why => why);
        await errors.WriteLineAsync(reason);
        if (outcome is Outcome<UsageImport>.Unknown)
        {
            return;
        }

        foreach (var sum in import.Summary.Sums)
        {
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"It would post {import.Summary.Entries} entries to {import.Summary.OrganizationsCharged} organizations, {sum.Posted} {sum.Currency} in all."));
        }

        await intake.CancelAsync(import.Id, CancellationToken.None);
    }

    private async Task ReportAsync(UsageImport import, string? path, TextWriter errors, CancellationToken cancel)
    {
        var found = await imports.ErrorsAsync(import.Id, RowErrors.Bound, cancel);
        foreach (var error in found.Take(ErrorsShown))
        {
            await errors.WriteLineAsync(new RowError(error.Row, error.Column, error.Value, error.Reason).ToString());
        }

        var more = import.Summary.MayBeMoreErrors ? "at least " : "";
        await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{more}{found.Count} {(found.Count == 1 ? "error" : "errors")}; nothing was imported"));
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, UsageImportEndpoints.Report(found), cancel);
            await errors.WriteLineAsync($"all of them are in {Path.GetFullPath(path)}");
        }
        else if (found.Count > ErrorsShown)
        {
            await errors.WriteLineAsync("--errors FILE writes all of them to a CSV file");
        }
    }
}
