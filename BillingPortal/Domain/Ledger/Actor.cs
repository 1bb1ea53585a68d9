namespace BillingPortal.Domain.Ledger;

/// <summary>Who made an entry and how they reached the ledger. Limits count the person, whatever way they come.</summary>
/// <param name="Id">A stable id, as in <c>user:7e29…</c> or <c>system</c>; never a name or an address. The chain holds its SHA-256.</param>
/// <param name="Via">The way: <c>page</c>, <c>token:12</c>, <c>import:3</c>, <c>command-line</c>.</param>
public sealed record Actor(string Id, string Via)
{
    /// <summary>The portal itself: demo data, engine, command line without a person.</summary>
    public static Actor System(string via) => new("system", via);

    /// <summary>The person with this id.</summary>
    public static Actor User(string userId, string via) => new("user:" + userId, via);

    /// <summary>The person's id, where it is a person.</summary>
    public string? UserId => Id.StartsWith("user:", StringComparison.Ordinal) ? Id[5..] : null;
}
