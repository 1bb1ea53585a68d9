using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>Somebody who is written to.</summary>
/// <param name="Address">Where.</param>
/// <param name="Because">Why, as "you administer Acme Robotics".</param>
public sealed record MailRecipient(string Address, string Because);

/// <summary>
/// Who is written to about an organization: its administrators and managers with a confirmed address; where it has none, those of the
/// nearest organization above that has some; and its contact address. Each address once.
/// </summary>
public sealed class MailRecipients
{
    private static readonly string[] Roles = [Role.Admin.Code, Role.Manager.Code];

    private readonly Dictionary<long, Organization> _organizations;
    private readonly ILookup<long, string> _people;

    private MailRecipients(Dictionary<long, Organization> organizations, ILookup<long, string> people) => (_organizations, _people) = (organizations, people);

    /// <summary>Reads what is needed for <paramref name="organizations"/>, in three reads however many there are.</summary>
    public static async Task<MailRecipients> ReadAsync(BillingStore store, IReadOnlyCollection<long> organizations, CancellationToken cancel)
    {
        var asked = await store.Organizations.AsNoTracking().Where(o => organizations.Contains(o.Id)).ToListAsync(cancel);
        var above = asked.SelectMany(o => OnPath(o.Path)).Except(asked.Select(o => o.Id)).ToArray();
        var known = asked.Concat(await store.Organizations.AsNoTracking().Where(o => above.Contains(o.Id)).ToListAsync(cancel)).ToDictionary(o => o.Id);
        var keys = known.Keys.ToArray();
        var people = await (
            from member in store.Memberships
            join user in store.Users on member.UserId equals user.Id
            where keys.Contains(member.OrganizationId) && Roles.Contains(member.Role) && user.EmailConfirmed && user.Email != null
            orderby user.Id
            select new { member.OrganizationId, user.Email, user.LockoutEnd }).ToListAsync(cancel);
        return new(known, people.Where(person => !BillingUser.IsClosed(person.LockoutEnd)).ToLookup(person => person.OrganizationId, person => person.Email!));
    }

    /// <summary>The organization itself.</summary>
    public Organization this[long organization] => _organizations[organization];

    /// <summary>Who is written to about <paramref name="organization"/>.</summary>
    public IReadOnlyList<MailRecipient> Of(long organization)
    {
        var own = _organizations[organization];
        var nearest = OnPath(own.Path).Reverse().Where(id => _people.Contains(id)).Select(id => (long?)id).FirstOrDefault();
        var people = nearest is not { } at ? []
            : _people[at].Select(address => new MailRecipient(address, at == organization
                ? $"you administer {own.Name}"
                : $"you administer {_organizations[at].Name}, and {own.Name} below it has no administrator of its own"));
        var contact = own.ContactEmail is { Length: > 0 } address ? new[] { new MailRecipient(address, $"this is the contact address of {own.Name}") } : [];
        return [.. people.Concat(contact).DistinctBy(recipient => recipient.Address.Trim(), StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The numbers on a path, from the top down.</summary>
    private static IEnumerable<long> OnPath(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => long.Parse(part, System.Globalization.CultureInfo.InvariantCulture));
}
