using System.Globalization;
using System.Security.Claims;
using System.Text;
using BillingPortal.Store.Usage;
using BillingPortal.Web;
using BillingPortal.Web.CommandLine;
using BillingPortal.Web.Csv;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>The room's place in the house, and the row errors of a refused import as a file to download.</summary>
public static class UsageImportEndpoints
{
    /// <summary>Adds the room's commands, queries, verb and clearing.</summary>
    public static IServiceCollection AddImportingUsage(this IServiceCollection services)
    {
        services.AddSingleton<UsageStaging>().AddSingleton<UsageImports>().AddSingleton<UsageIntake>().AddSingleton<UsageGate>();
        services.AddSingleton<StageUsage>().AddSingleton<PreviewUsage>().AddSingleton<PublishUsage>().AddSingleton<GetUsageImports>();
        services.AddSingleton<AbandonedImports>().AddHostedService(provider => provider.GetRequiredService<AbandonedImports>());
        return services.AddScoped<IVerb, ImportUsageVerb>();
    }

    /// <summary>Maps the error report.</summary>
    public static void MapImportingUsage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/usage-imports/{import:long}/errors.csv", DownloadAsync).RequireAuthorization().ExcludeFromDescription();

    /// <summary>The report as CSV, a line for an error; what a spreadsheet would run is neutralised.</summary>
    public static string Report(IEnumerable<UsageError> errors)
    {
        var text = new StringBuilder(CsvCell.Line("Row", "Column", "Value", "Reason"));
        foreach (var error in errors)
        {
            text.Append(CsvCell.Line(error.Row?.ToString(CultureInfo.InvariantCulture), error.Column, error.Value, error.Reason));
        }

        return text.ToString();
    }

    private static async Task<IResult> DownloadAsync(long import, ClaimsPrincipal person, GetUsageImports query, CancellationToken cancel)
    {
        if (CurrentCaller.Of(person) is not { } caller)
        {
            return Results.Unauthorized();
        }

        var outcome = await query.ErrorsAsync(caller, import, RowErrors.Bound, cancel);
        return outcome.Match(
            done: errors => errors.Count == 0
                ? Results.NotFound()
                : Results.File(Encoding.UTF8.GetBytes(Report(errors)), "text/csv; charset=utf-8", FormattableString.Invariant($"import-{import}-errors.csv")),
            invalid: _ => Results.BadRequest(),
            refused: _ => Results.NotFound(),
            needsApproval: _ => Results.StatusCode(StatusCodes.Status403Forbidden),
            unknown: _ => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
            notFound: _ => Results.NotFound(),
            stale: _ => Results.Conflict());
    }
}
