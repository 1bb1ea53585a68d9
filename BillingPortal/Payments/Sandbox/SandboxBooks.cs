using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Payments.Sandbox;

/// <summary>
/// The sandbox's own tables, <c>sandbox_object</c> and <c>sandbox_answer</c>, apart from the portal's: it stands for somebody else's house. Every method is one
/// short transaction of its own.
/// </summary>
internal sealed class SandboxBooks(IDbContextFactory<BillingStore> stores, TimeProvider clock)
{
    private const string SecretId = "secret";
    private volatile string? _secret;

    /// <summary>
    /// An id that the same <paramref name="key"/> always gives, and that nobody guesses who does not know the sandbox's secret: its pages are open to
    /// whoever has the address, as a provider's are.
    /// </summary>
    public string IdOf(string prefix, string key) => prefix + Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(Secret()), Encoding.UTF8.GetBytes(prefix + key)))[..24];

    /// <summary>The secret of webhooks and ids, made by the first who needs it.</summary>
    public string Secret()
    {
        if (_secret is { } known)
        {
            return known;
        }

        using var store = stores.CreateDbContext();
        var fresh = JsonSerializer.Serialize("sbxsec_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        store.Database.ExecuteSql(
            $"INSERT INTO sandbox_object (id, kind, parent, body, created_at) VALUES ({SecretId}, {SecretId}, {""}, {fresh}, {Now}) ON CONFLICT (id) DO NOTHING");
        var kept = store.Database.SqlQuery<string>($"""SELECT body AS "Value" FROM sandbox_object WHERE id = {SecretId}""").Single();
        return _secret = JsonSerializer.Deserialize<string>(kept)!;
    }

    /// <summary>The object of this kind and id with its parent; null where there is none.</summary>
    public async Task<(string Parent, T Value)?> FindAsync<T>(string kind, string id, CancellationToken cancel)
        where T : class
    {
        if (id.Contains('\0'))
        {
            return null;
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        var found = await store.Database.SqlQuery<Row>($"""SELECT id AS "Id", parent AS "Parent", body AS "Body" FROM sandbox_object WHERE id = {id} AND kind = {kind}""").ToListAsync(cancel);
        return found is [var row] ? (row.Parent, JsonSerializer.Deserialize<T>(row.Body)!) : null;
    }

    /// <summary>The children of that kind, oldest first.</summary>
    public async Task<List<(string Id, T Value)>> ListAsync<T>(string kind, string parent, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var rows = await store.Database.SqlQuery<Row>(
            $"""SELECT id AS "Id", parent AS "Parent", body AS "Body" FROM sandbox_object WHERE parent = {parent} AND kind = {kind} ORDER BY created_at, id""").ToListAsync(cancel);
        return [.. rows.Select(row => (row.Id, JsonSerializer.Deserialize<T>(row.Body)!))];
    }

    /// <summary>
    /// Makes objects under a key, once: true where they were made now, false where the same request made them before.
    /// </summary>
    /// <exception cref="PaymentGatewayException">The key was used for another request.</exception>
    public async Task<bool> MakeOnceAsync(string key, string request, IEnumerable<(string Id, string Kind, string Parent, object Value)> objects, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
        await using var store = await stores.CreateDbContextAsync(cancel);
        await using var transaction = await store.Database.BeginTransactionAsync(cancel);
        var first = objects.First();
        if (await store.Database.ExecuteSqlAsync(
            $"INSERT INTO sandbox_answer (key, request_hash, body, created_at) VALUES ({key}, {hash}, {first.Id}, {Now}) ON CONFLICT (key) DO NOTHING", cancel) == 0)
        {
            var before = await store.Database.SqlQuery<string>($"""SELECT request_hash AS "Value" FROM sandbox_answer WHERE key = {key}""").SingleAsync(cancel);
            return before == hash ? false : throw new PaymentGatewayException("The key was used for another request.");
        }

        foreach (var (id, kind, parent, value) in objects)
        {
            await AddAsync(store, id, kind, parent, value, cancel);
        }

        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Replaces an object's value where it is still <paramref name="was"/>, and makes others with it; false where somebody was faster.</summary>
    public async Task<bool> ChangeAsync<T>(string id, T was, T becomes, IEnumerable<(string Id, string Kind, string Parent, object Value)> objects, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        await using var transaction = await store.Database.BeginTransactionAsync(cancel);
        var (before, after) = (JsonSerializer.Serialize(was), JsonSerializer.Serialize(becomes));
        if (await store.Database.ExecuteSqlAsync($"UPDATE sandbox_object SET body = {after} WHERE id = {id} AND body = {before}", cancel) == 0)
        {
            return false;
        }

        foreach (var (other, kind, parent, value) in objects)
        {
            await AddAsync(store, other, kind, parent, value, cancel);
        }

        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Moves an object under another parent.</summary>
    public async Task MoveAsync(string id, string parent, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        await store.Database.ExecuteSqlAsync($"UPDATE sandbox_object SET parent = {parent} WHERE id = {id}", cancel);
    }

    private long Now => Instant.Now(clock).Micros;

    private Task<int> AddAsync(BillingStore store, string id, string kind, string parent, object value, CancellationToken cancel)
    {
        var body = JsonSerializer.Serialize(value, value.GetType());
        return store.Database.ExecuteSqlAsync($"INSERT INTO sandbox_object (id, kind, parent, body, created_at) VALUES ({id}, {kind}, {parent}, {body}, {Now})", cancel);
    }

    private sealed record Row(string Id, string Parent, string Body);
}
