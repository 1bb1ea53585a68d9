using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Setup;

/// <summary>The whole portal in this process on a database of its own, asked as programs ask it: over HTTP, with tokens.</summary>
internal sealed class ApiPortal : WebApplicationFactory<Program>
{
    private readonly TestDatabase _database;
    private int _people;

    private ApiPortal(TestDatabase database)
    {
        _database = database;
        Ledger = new Ledger(database);
    }

    /// <summary>A second writer on the same database, for what a test wants to be there.</summary>
    public Ledger Ledger { get; }

    /// <summary>The routes' way to name an organization that is nowhere.</summary>
    public static Guid Nowhere { get; } = Guid.Parse("00000000-0000-4000-8000-000000000000");

    public static async Task<ApiPortal> OpenAsync(TestDatabases databases, DatabaseKind kind) => new(await databases.CreateAsync(kind));

    /// <summary>An organization and the UUID by which programs know it.</summary>
    public async Task<(OrganizationId Id, Guid Uuid)> OrganizationAsync(
        string name = "Acme Robotics", ChargingModel model = ChargingModel.Prepaid, Action<Organization>? shape = null)
    {
        var id = await Ledger.OrganizationAsync(model, name, shape);
        await using var store = await StoreAsync();
        return (id, await store.Organizations.Where(o => o.Id == id.Value).Select(o => o.Uuid).SingleAsync());
    }

    public Task<BillingStore> StoreAsync() => Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();

    /// <summary>A program of somebody with this role: on the platform, or at an organization.</summary>
    public async Task<HttpClient> ProgramAsync(Role role, OrganizationId? at = null, string? scopes = null)
    {
        var number = Interlocked.Increment(ref _people).ToString(CultureInfo.InvariantCulture);
        var token = "bp_" + Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(number))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        await using (var store = await StoreAsync())
        {
            var person = new BillingUser { UserName = "person" + number, DisplayName = "Person " + number, PlatformRole = role.OfPlatform ? role.Code : null };
            store.Users.Add(person);
            if (at is { } organization)
            {
                store.Memberships.Add(new Membership { UserId = person.Id, OrganizationId = organization.Value, Role = role.Code });
            }

            store.ApiTokens.Add(new ApiToken
            {
                UserId = person.Id,
                Name = "test",
                Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))),
                LastFour = token[^4..],
                Scopes = scopes ?? string.Join(' ', PermissionNames.Scopes),
                CreatedAt = Instant.Now(TimeProvider.System).Micros,
            });
            await store.SaveChangesAsync();
        }

        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Test");
        builder.UseSetting("Jobs:Enabled", "false");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var (key, value) in _database.Configuration)
        {
            builder.UseSetting(key, value);
        }
    }
}

/// <summary>An answer as a test reads it.</summary>
internal sealed record Answer(int Status, JsonElement Body, string Text, HttpResponseMessage Response)
{
    /// <summary>A text field of the body.</summary>
    public string? this[string field] => Body.TryGetProperty(field, out var value) ? value.ToString() : null;
}

/// <summary>How tests ask.</summary>
internal static class Asking
{
    public static Task<Answer> ReadAsync(this HttpClient program, string path) => program.AskAsync(HttpMethod.Get, path, content: null);

    /// <summary>Sends the body as it stands, labelled as a test wants it.</summary>
    public static Task<Answer> AskAsync(this HttpClient program, HttpMethod method, string path, string body, string? key = null, string? type = "application/json") =>
        program.AskAsync(method, path, Content(Encoding.UTF8.GetBytes(body), type), key);

    public static async Task<Answer> AskAsync(this HttpClient program, HttpMethod method, string path, HttpContent? content, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        var response = await program.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default, text, response);
    }

    private static ByteArrayContent Content(byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return content;
    }
}
