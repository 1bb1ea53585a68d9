using System.Globalization;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>A place between two organizations of a list: the sort key and number of one of them.</summary>
/// <param name="Id">The organization's number.</param>
/// <param name="Name">Its name as it is sorted.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="Balance">Its balance in millionths when the list was read.</param>
public sealed record OrganizationCursor(long Id, string Name, string Currency, long Balance)
{
    /// <summary>The place of <paramref name="organization"/>.</summary>
    public static OrganizationCursor Of(ListedOrganization organization) => new(
        organization.Id, organization.SearchName, organization.Currency.Code, organization.Balance.Micros);

    /// <summary>The place that <paramref name="text"/> names, or null where it names none: a list then begins at its start.</summary>
    public static OrganizationCursor? Parse(string? text) =>
        text?.Split('.', 4) is [var id, var currency, var balance, var name]
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(balance, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
        && !name.Contains('\0', StringComparison.Ordinal)
            ? new(number, name, currency, micros)
            : null;

    /// <summary>As addresses carry it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}.{Currency}.{Balance}.{Name}");
}
