using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store;

/// <summary>
/// Enters new organizations with their ledger heads, inside a <see cref="Publication"/>'s transaction. Gives numbers, paths and free slugs.
/// </summary>
public static class OrganizationRegister
{
    /// <summary>
    /// Enters <paramref name="organization"/>: fills number, UUID, path, search name, slug (from the name where empty, with its number behind it where
    /// taken) and time, and writes it. <see cref="Organization.ParentId"/> must name one that exists.
    /// </summary>
    public static async Task AddAsync(DbConnection connection, Organization organization, Instant now)
    {
        await LockPathsAsync(connection, exclusive: false);
        organization.Id = await NextNumberAsync(connection);
        organization.Uuid = organization.Uuid == Guid.Empty ? Guid.NewGuid() : organization.Uuid;
        organization.SearchName = NameSearch.Normalise(organization.Name);
        organization.CreatedAt = now.Micros;
        organization.Path = await ParentPathAsync(connection, organization.ParentId) + organization.Id.ToString(CultureInfo.InvariantCulture) + "/";
        organization.Slug = await FreeSlugAsync(connection, organization.Slug.Length == 0 ? NameSearch.Slug(organization.Name) : organization.Slug, organization.Id);
        await using var insert = LedgerQueries.Command(connection,
            """
            INSERT INTO organization (id, uuid, slug, name, search_name, parent_id, path, currency, charging_model, plan, time_zone, allow_overdraft,
              disabled, created_at, provider, billing_account_id, sub_account_id, features, contact_email, contact_address, terms_url, privacy_url, verified,
              personal, logo_url, version)
            VALUES (@id, @uuid, @slug, @name, @search, @parent, @path, @currency, @model, @plan, @zone, @overdraft, @disabled, @created,
              @provider, @account, @sub, @features, @email, @address, @terms, @privacy, @verified, @personal, @logo, 0)
            """,
            ("id", organization.Id), ("uuid", organization.Uuid), ("slug", organization.Slug), ("name", organization.Name),
            ("search", organization.SearchName), ("parent", (object?)organization.ParentId ?? DBNull.Value), ("path", organization.Path),
            ("currency", organization.Currency), ("model", (int)organization.ChargingModel), ("plan", organization.Plan),
            ("zone", organization.TimeZone), ("overdraft", organization.AllowOverdraft), ("disabled", organization.Disabled),
            ("created", organization.CreatedAt), ("provider", (object?)organization.Provider ?? DBNull.Value),
            ("account", (object?)organization.BillingAccountId ?? DBNull.Value), ("sub", (object?)organization.SubAccountId ?? DBNull.Value),
            ("features", organization.Features), ("email", (object?)organization.ContactEmail ?? DBNull.Value),
            ("address", (object?)organization.ContactAddress ?? DBNull.Value), ("terms", (object?)organization.TermsUrl ?? DBNull.Value),
            ("privacy", (object?)organization.PrivacyUrl ?? DBNull.Value), ("verified", organization.Verified), ("personal", organization.Personal),
            ("logo", (object?)organization.LogoUrl ?? DBNull.Value));
        await insert.ExecuteNonQueryAsync();
        await AddWordsAsync(connection, organization);
        await using var head = LedgerQueries.Command(connection,
            "INSERT INTO ledger_head (organization_id, seq, hash, high_effective_at, last_recorded_at) VALUES (@id, 0, @hash, 0, 0)",
            ("id", organization.Id), ("hash", new byte[32]));
        await head.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Paths are read when an organization is entered and rewritten when one is moved: entering shares the lock, moving has it alone. On SQLite the
    /// transaction itself is the lock.
    /// </summary>
    internal static async Task LockPathsAsync(DbConnection connection, bool exclusive)
    {
        if (connection is not SqliteConnection)
        {
            await using var command = LedgerQueries.Command(connection, exclusive ? "SELECT pg_advisory_xact_lock(7103)" : "SELECT pg_advisory_xact_lock_shared(7103)");
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task AddWordsAsync(DbConnection connection, Organization organization)
    {
        foreach (var word in NameSearch.LaterWords(organization.Name))
        {
            await using var insert = LedgerQueries.Command(connection,
                "INSERT INTO organization_word (word, organization_id) VALUES (@word, @id)", ("word", word), ("id", organization.Id));
            await insert.ExecuteNonQueryAsync();
        }
    }

    private static async Task<long> NextNumberAsync(DbConnection connection) => await LedgerQueries.ScalarAsync(connection,
        connection is SqliteConnection
            ? $"SELECT COALESCE(MAX(id), {OrganizationId.First - 1}) + 1 FROM organization"
            : "SELECT nextval('organization_number')") ?? OrganizationId.First;

    private static async Task<string> ParentPathAsync(DbConnection connection, long? parent)
    {
        if (parent is not { } id)
        {
            return "/";
        }

        await using var command = LedgerQueries.Command(connection, "SELECT path FROM organization WHERE id = @id", ("id", id));
        return await command.ExecuteScalarAsync() as string ?? throw new InvalidOperationException($"There is no organization {id} to stand under.");
    }

    /// <summary>The slug itself; where it is taken, with the organization's own number behind it, which nobody else has.</summary>
    private static async Task<string> FreeSlugAsync(DbConnection connection, string wanted, long number)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $"-{number}");
        var numbered = wanted[..Math.Min(wanted.Length, DetailField.Slug.Most - end.Length)].TrimEnd('-') + end;
        return await IsTakenAsync(connection, wanted)
            ? await IsTakenAsync(connection, numbered) ? $"{numbered}-{Guid.NewGuid():N}"[..Math.Min(80, numbered.Length + 33)] : numbered
            : wanted;
    }

    /// <summary>
    /// True where another than <paramref name="self"/> has this slug or had it. Organizations come first: a slug given up meanwhile stands among the old ones by
    /// then. Two that take one slug at a time break on its index, and the second is run again and sees the first.
    /// </summary>
    internal static async Task<bool> IsTakenAsync(DbConnection connection, string slug, long self = 0) =>
        await LedgerQueries.ScalarAsync(connection, "SELECT 1 FROM organization WHERE slug = @slug AND id <> @self", ("slug", slug), ("self", self)) is not null
        || await LedgerQueries.ScalarAsync(connection, "SELECT 1 FROM slug_alias WHERE slug = @slug AND organization_id <> @self", ("slug", slug), ("self", self)) is not null;
}
