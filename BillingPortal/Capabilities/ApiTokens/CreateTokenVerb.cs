using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Store;
using BillingPortal.Web.CommandLine;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary><c>create-token</c>: a token for a person who is here already. Its text is all that goes to standard output.</summary>
public sealed class CreateTokenVerb(CreateToken create, PeopleRegister people, IDbContextFactory<BillingStore> stores, TimeProvider clock) : IVerb
{
    /// <inheritdoc />
    public string Name => "create-token";

    /// <inheritdoc />
    public string Arguments => "--user EMAIL --scopes \"SCOPE …\" [--name NAME] [--expires DATE|DAYS]";

    /// <inheritdoc />
    public string Summary => "Makes an API token that acts for the person, narrowed to the scopes, and prints it once.";

    /// <inheritdoc />
    public async Task<int> RunAsync(VerbArguments arguments, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        arguments.Allow("user", "scopes", "name", "expires");
        var email = arguments.Required("user");
        ImmutableArray<string> scopes = [.. arguments.Required("scopes").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)];
        var form = new TokenForm(arguments.Option("name") ?? "From the command line", scopes, Expiry(arguments.Option("expires")));
        if (form.Errors(Instant.Now(clock)).FirstOrDefault() is { } wrong)
        {
            throw new UsageException(wrong.Message);
        }

        await StoreMigration.MigrateAsync(stores, cancel);
        if (await people.FindAsync(email, cancel) is not { } person)
        {
            await errors.WriteLineAsync($"Nobody signs in as {email}. create-admin makes the first account.");
            return 1;
        }

        return await (await create.RunAsync(new Caller(person, "command-line"), form, cancel)).Match(
            done: async token =>
            {
                await output.WriteLineAsync(token.Text);
                return 0;
            },
            invalid: found => NotMadeAsync(string.Join(' ', found.Select(error => error.Message))),
            refused: refusal => NotMadeAsync(refusal.Message.Replace("You lack", $"{email} lacks", StringComparison.Ordinal).Replace(" yourself", "", StringComparison.Ordinal)),
            needsApproval: _ => NotMadeAsync("It needs approval."),
            unknown: NotMadeAsync,
            notFound: NotMadeAsync,
            stale: NotMadeAsync);

        async Task<int> NotMadeAsync(string reason)
        {
            await errors.WriteLineAsync("No token was made. " + reason);
            return 1;
        }
    }

    /// <summary>A number of days from now, or a day (its beginning in UTC) or moment.</summary>
    private Instant? Expiry(string? text) => text switch
    {
        null => null,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 36_500 => Instant.Now(clock).Plus(TimeSpan.FromDays(days)),
        _ when DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) => Instant.From(day),
        _ => throw new UsageException($"--expires is '{text}'; give a number of days or a date as 2027-01-31."),
    };
}
