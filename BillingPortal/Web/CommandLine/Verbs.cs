using System.Data.Common;

namespace BillingPortal.Web.CommandLine;

/// <summary>Finds and runs the verb that a command line names.</summary>
public static class Verbs
{
    private static readonly string[] Flags = ["replace", "help", "yes", "password-stdin"];

    /// <summary>True where the first argument is a word: a verb, rather than a setting of the server. <c>--help</c> counts as one.</summary>
    public static bool IsAsked(IReadOnlyList<string> args) => args.Count > 0 && (args[0] is "--help" or "-h" || !args[0].StartsWith('-'));

    /// <summary>Runs the verb and gives its exit code: 0 done, 1 not done, 2 not understood, 130 cancelled.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> args, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var verbs = scope.ServiceProvider.GetServices<IVerb>().OrderBy(verb => verb.Name, StringComparer.Ordinal).ToList();
        if (args[0] is "--help" or "-h" or "help")
        {
            await HelpAsync(verbs, output);
            return 0;
        }

        if (verbs.Find(verb => string.Equals(verb.Name, args[0], StringComparison.Ordinal)) is not { } chosen)
        {
            await errors.WriteLineAsync($"'{args[0]}' is not a verb of the portal. --help lists them.");
            return 2;
        }

        if (args.Skip(1).Any(argument => argument is "--help" or "-h"))
        {
            await output.WriteLineAsync($"{chosen.Name} {chosen.Arguments}\n  {chosen.Summary}");
            return 0;
        }

        try
        {
            return await chosen.RunAsync(new VerbArguments([.. args.Skip(1)], Flags), output, errors, cancel);
        }
        catch (UsageException wrong)
        {
            await errors.WriteLineAsync($"{wrong.Message}\nUsage: {chosen.Name} {chosen.Arguments}");
            return 2;
        }
        catch (DbException broken)
        {
            await errors.WriteLineAsync($"The database did not do it: {broken.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Cancelled.");
            return 130;
        }
    }

    private static async Task HelpAsync(List<IVerb> verbs, TextWriter output)
    {
        await output.WriteLineAsync("BillingPortal serves the portal when no verb is given.\n\nVerbs:");
        foreach (var verb in verbs)
        {
            await output.WriteLineAsync($"  {verb.Name} {verb.Arguments}\n      {verb.Summary}");
        }

        await output.WriteLineAsync(
            """

            Settings, as environment variables or options:
              Database__Provider            sqlite (default) or postgres
              ConnectionStrings__Billing    where the database is; by default billing.db in the working directory
              --urls                        where to listen; by default http://localhost:5080

            Exit codes: 0 done, 1 not done, 2 not understood, 130 cancelled.
            """);
    }
}
