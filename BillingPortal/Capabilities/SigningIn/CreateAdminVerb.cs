using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Web.CommandLine;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary><c>create-admin</c>: a finance administrator of the platform, the first account of a new portal.</summary>
public sealed class CreateAdminVerb(PeopleRegister people, IDbContextFactory<BillingStore> stores, AskPassword ask) : IVerb
{
    /// <inheritdoc />
    public string Name => "create-admin";

    /// <inheritdoc />
    public string Arguments => "--email EMAIL [--name NAME] [--password-stdin]";

    /// <inheritdoc />
    public string Summary => "Makes a finance administrator. Asks for the password, or reads it from standard input; never shows it.";

    /// <inheritdoc />
    public async Task<int> RunAsync(VerbArguments arguments, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        arguments.Allow("email", "name", "password-stdin");
        var email = arguments.Required("email").Trim();
        if (await ask(!arguments.Flag("password-stdin"), errors) is not { Length: > 0 } password)
        {
            throw new UsageException("No password was given, or not the same one twice.");
        }

        await StoreMigration.MigrateAsync(stores, cancel);
        var entered = await people.AddAsync(new NewPerson(email, password, arguments.Option("name") ?? email) { PlatformRole = Role.Finance }, cancel);
        if (entered is Outcome<string>.Done)
        {
            await output.WriteLineAsync($"{email} can sign in, with the role {Role.Finance.Name}.");
            return 0;
        }

        await errors.WriteLineAsync("No account was made. " + entered switch
        {
            Outcome<string>.Invalid invalid => string.Join(' ', invalid.Errors.Select(error => error.Message)),
            Outcome<string>.Refused refused => refused.Refusal.Message,
            _ => "",
        });
        return 1;
    }
}
