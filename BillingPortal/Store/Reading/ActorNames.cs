using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>Who made an entry, for people.</summary>
/// <param name="Name">The person's name, or what the portal calls itself.</param>
/// <param name="Way">How they came, as in "by API token Billing sync"; empty for a page.</param>
public sealed record ActorName(string Name, string Way)
{
    /// <summary>Name and way in one line.</summary>
    public override string ToString() => Way.Length == 0 ? Name : $"{Name}, {Way}";
}

/// <summary>Names of actors as they are today; entries keep ids only, so that names can change and be erased.</summary>
public static class ActorNames
{
    /// <summary>The names of <paramref name="actors"/>, each once, in at most two reads.</summary>
    public static async Task<ImmutableDictionary<Actor, ActorName>> ReadAsync(BillingStore store, IEnumerable<Actor> actors, CancellationToken cancel)
    {
        var wanted = actors.ToHashSet();
        var users = wanted.Select(actor => actor.UserId).OfType<string>().Distinct().ToArray();
        var names = users.Length == 0 ? [] : await store.Users.AsNoTracking().Where(user => users.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName.Length > 0 ? user.DisplayName : user.Email ?? user.Id, cancel);
        var numbers = wanted.Select(actor => TokenOf(actor.Via)).OfType<long>().Distinct().ToArray();
        var tokens = numbers.Length == 0 ? [] : await store.ApiTokens.AsNoTracking().Where(token => numbers.Contains(token.Id))
            .ToDictionaryAsync(token => token.Id, token => token.Name, cancel);
        return wanted.ToImmutableDictionary(actor => actor, actor => new ActorName(NameOf(actor, names), WayOf(actor.Via, tokens)));
    }

    /// <summary>The ids of actors whose name or address contains <paramref name="text"/>, at most fifty; the portal itself by "system".</summary>
    public static async Task<ImmutableArray<string>> FindAsync(BillingStore store, string text, CancellationToken cancel)
    {
        if (text.StartsWith("user:", StringComparison.Ordinal))
        {
            return [text];
        }

        var small = text.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // translated to SQL's lower()
        var users = await store.Users.AsNoTracking()
            .Where(user => user.DisplayName.ToLower().Contains(small) || (user.Email != null && user.Email.ToLower().Contains(small)))
            .OrderBy(user => user.Id).Take(50).Select(user => "user:" + user.Id).ToListAsync(cancel);
#pragma warning restore CA1304, CA1311, CA1862
        return "system, the portal itself".Contains(small, StringComparison.Ordinal) ? [.. users, "system"] : [.. users];
    }

    private static string NameOf(Actor actor, Dictionary<string, string> names) => actor.UserId is { } user
        ? names.GetValueOrDefault(user, "A person no longer known")
        : "The portal";

    private static string WayOf(string via, Dictionary<long, string> tokens) => via.Split(':') switch
    {
        ["page"] => "",
        ["token", _] => TokenOf(via) is { } token && tokens.TryGetValue(token, out var name) ? $"by API token “{name}”" : "by API token",
        ["import", var number] => $"by usage import {number}",
        ["command-line"] => "from the command line",
        ["demo"] => "as demo data",
        _ => "by " + via,
    };

    private static long? TokenOf(string via) => via.StartsWith("token:", StringComparison.Ordinal)
        && long.TryParse(via.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
