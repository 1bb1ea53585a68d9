using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace BillingPortal.E2E;

/// <summary>In place of the one xunit generates, so that drills and benchmarks are commands beside the tests.</summary>
internal static class EntryPoint
{
    private static Task<int> Main(string[] args) => args switch
    {
        ["bench" or "drill", ..] => Verbs.RunAsync(args),
        _ when args.Contains("--server") => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
