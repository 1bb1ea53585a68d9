using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store;

/// <summary>What can be read and written about organizations within one transaction of <see cref="OrganizationWriter"/>.</summary>
/// <param name="connection">Its connection, with the transaction open and the heads locked.</param>
/// <param name="now">When it is decided.</param>
public sealed partial class OrganizationEdits(DbConnection connection, Instant now)
{
    private const int LongestEvent = 400;

    /// <summary>When it is decided.</summary>
    public Instant Now => now;

    /// <summary>A money command to be decided and committed with what was written, or to take it all back.</summary>
    public MoneyCommand? Then { get; set; }

    /// <summary>True once something was written.</summary>
    internal bool HasWritten { get; private set; }

    /// <summary>The transaction's connection, for a room's own registers.</summary>
    internal DbConnection Connection => connection;

    /// <summary>What may be changed here of <paramref name="organization"/> as it stands now; null where it is not there.</summary>
    public async Task<Profile?> FindAsync(long organization)
    {
        await using var command = LedgerQueries.Command(connection, $"SELECT {Profile.Columns} FROM organization WHERE id = @id", ("id", organization));
        return (await ReadAsync(command)).FirstOrDefault();
    }

    /// <summary>The organization that was created with this UUID, as far as it can be shown; null where none was.</summary>
    public async Task<Organization?> FindAsync(Guid uuid)
    {
        await using var command = LedgerQueries.Command(connection,
            $"SELECT {Profile.Columns}, uuid, currency, time_zone, plan, created_at FROM organization WHERE uuid = @uuid", ("uuid", uuid));
        await using var rows = await command.ExecuteReaderAsync();
        if (!await rows.ReadAsync())
        {
            return null;
        }

        var profile = Profile.Read(rows);
        var after = Profile.ColumnCount;
        return new Organization
        {
            Id = profile.Id,
            Uuid = rows.GetGuid(after),
            Name = profile.Name,
            ParentId = profile.ParentId,
            Path = profile.Path,
            Features = profile.Features.Stored,
            AllowOverdraft = profile.Features.Has(Feature.AllowOverdraft),
            ContactEmail = profile.Config.Email,
            ContactAddress = profile.Config.Address,
            TermsUrl = profile.Config.TermsUrl,
            PrivacyUrl = profile.Config.PrivacyUrl,
            Currency = rows.GetString(after + 1),
            TimeZone = rows.GetString(after + 2),
            Plan = rows.GetString(after + 3),
            CreatedAt = rows.GetInt64(after + 4),
        };
    }

    /// <summary>Enters a new organization with an empty ledger; fills in its number, path and slug.</summary>
    public async Task AddAsync(Organization organization)
    {
        HasWritten = true;
        await OrganizationRegister.AddAsync(connection, organization, now);
    }

    /// <summary>Everything below <paramref name="organization"/> as it stands now, by number.</summary>
    public async Task<IReadOnlyList<Profile>> BelowAsync(Profile organization)
    {
        await using var command = LedgerQueries.Command(connection,
            $"SELECT {Profile.Columns} FROM organization WHERE path > @path AND path < @after ORDER BY id",
            ("path", organization.Path), ("after", organization.Path + OrganizationSearch.Last));
        return await ReadAsync(command);
    }

    /// <summary>The provider's billing account of the lowest organization on <paramref name="path"/> that has one; null where none has.</summary>
    public async Task<(string Provider, string Account)?> BillingAccountAboveAsync(string path)
    {
        foreach (var number in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            await using var command = LedgerQueries.Command(connection,
                "SELECT provider, billing_account_id FROM organization WHERE id = @id AND provider IS NOT NULL AND billing_account_id IS NOT NULL",
                ("id", long.Parse(number, CultureInfo.InvariantCulture)));
            await using var rows = await command.ExecuteReaderAsync();
            if (await rows.ReadAsync())
            {
                return (rows.GetString(0), rows.GetString(1));
            }
        }

        return null;
    }

    /// <summary>True where imports find an organization by this identity already.</summary>
    public async Task<bool> IsBilledAsync(string provider, string account, string subAccount) => await LedgerQueries.ScalarAsync(connection,
        "SELECT id FROM organization WHERE provider = @provider AND billing_account_id = @account AND sub_account_id = @sub",
        ("provider", provider), ("account", account), ("sub", subAccount)) is not null;

    /// <summary>Gives it another name, by which it is found from now on. Its slug stays: addresses that people keep go on working.</summary>
    public async Task RenameAsync(long organization, string name)
    {
        await WriteAsync("UPDATE organization SET name = @name, search_name = @search, updated_at = @now, version = version + 1 WHERE id = @id",
            ("name", name), ("search", NameSearch.Normalise(name)), ("now", now.Micros), ("id", organization));
        await WriteAsync("DELETE FROM organization_word WHERE organization_id = @id", ("id", organization));
        foreach (var word in NameSearch.LaterWords(name))
        {
            await WriteAsync("INSERT INTO organization_word (word, organization_id) VALUES (@word, @id)", ("word", word), ("id", organization));
        }
    }

    /// <summary>Sets the features that the store keeps together; the overdraft's permission is written by the writer's own command.</summary>
    public Task SetFeaturesAsync(long organization, FeatureSet features) => WriteAsync(
        "UPDATE organization SET features = @features, updated_at = @now, version = version + 1 WHERE id = @id",
        ("features", features.Stored), ("now", now.Micros), ("id", organization));

    /// <summary>
    /// Puts it and everything below it under another path. The parent itself is written by the writer's own command. Until the transaction ends nobody
    /// else moves organizations, nor enters any under a path that is about to change.
    /// </summary>
    public async Task MoveAsync(Profile organization, string pathAbove)
    {
        await OrganizationRegister.LockPathsAsync(connection, exclusive: true);
        var path = pathAbove + organization.Id.ToString(CultureInfo.InvariantCulture) + "/";
        await WriteAsync("UPDATE organization SET path = @path || substr(path, @tail), version = version + 1 WHERE path >= @old AND path < @after",
            ("path", path), ("tail", organization.Path.Length + 1), ("old", organization.Path), ("after", organization.Path + OrganizationSearch.Last));
    }

    /// <summary>What it holds and owes by kind, as this transaction leaves it so far.</summary>
    public async Task<IReadOnlyDictionary<AccountKind, long>> BalancesAsync(long organization)
    {
        await using var command = LedgerQueries.Command(connection,
            $"SELECT kind, CAST(SUM(balance) AS bigint) FROM account WHERE organization_id = @id AND kind < {(int)AccountKind.Revenue} GROUP BY kind", ("id", organization));
        await using var rows = await command.ExecuteReaderAsync();
        var balances = new Dictionary<AccountKind, long>();
        while (await rows.ReadAsync())
        {
            balances[(AccountKind)rows.GetInt32(0)] = rows.GetInt64(1);
        }

        return balances;
    }

    /// <summary>Sets how it is written to.</summary>
    public Task SetConfigAsync(long organization, OrganizationConfig config) => WriteAsync(
        """
        UPDATE organization SET contact_email = @email, contact_address = @address, terms_url = @terms, privacy_url = @privacy, updated_at = @now,
          version = version + 1 WHERE id = @id
        """,
        ("email", OrNull(config.Email)), ("address", OrNull(config.Address)), ("terms", OrNull(config.TermsUrl)), ("privacy", OrNull(config.PrivacyUrl)),
        ("now", now.Micros), ("id", organization));

    /// <summary>Writes down that something happened to it, in words that say who.</summary>
    public Task TellAsync(long organization, string kind, string text) => WriteAsync(
        "INSERT INTO organization_event (organization_id, at, kind, text, seq) VALUES (@id, @now, @kind, @text, NULL)",
        ("id", organization), ("now", now.Micros), ("kind", kind), ("text", text.Length > LongestEvent ? text[..(LongestEvent - 1)] + "…" : text));

    private static object OrNull(string? text) => (object?)text ?? DBNull.Value;

    private static async Task<List<Profile>> ReadAsync(DbCommand command)
    {
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<Profile>();
        while (await rows.ReadAsync())
        {
            found.Add(Profile.Read(rows));
        }

        return found;
    }

    /// <summary>Enters a row for a room's own register; its new number.</summary>
    internal async Task<long> InsertAsync(string sql, params (string Name, object Value)[] parameters)
    {
        HasWritten = true;
        return await LedgerQueries.ScalarAsync(connection, sql, parameters) ?? throw new InvalidOperationException("The row has no number.");
    }

    /// <summary>Writes for a room's own register.</summary>
    internal async Task WriteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        HasWritten = true;
        await using var command = LedgerQueries.Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync();
    }
}
