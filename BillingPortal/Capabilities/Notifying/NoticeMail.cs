using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Notifications;
using BillingPortal.Store.Rows;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>A notification as a mail says it.</summary>
/// <param name="Notice">What is told.</param>
/// <param name="Organization">Of whom.</param>
/// <param name="Because">Why the recipient is told, as "you administer Acme Robotics".</param>
/// <param name="Options">Where the portal is.</param>
public sealed record NoticeMail(NotificationRow Notice, Organization Organization, string Because, MailOptions Options)
{
    /// <summary>The notification's title, with the organization where the title does not name it.</summary>
    public string Subject => Notice.Title.Contains(Organization.Name, StringComparison.OrdinalIgnoreCase)
        ? Notice.Title
        : $"{Notice.Title}: {Organization.Name}";

    /// <summary>What happened, when, where to see it, and why one is told.</summary>
    public string Body
    {
        get
        {
            var at = TimeZoneInfo.ConvertTime(new Instant(Notice.At).ToUtc(), Organization.Zone).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
            var link = Options.LinkTo(NoticeLink.Of(Notice.Link, Notice.OrganizationId));
            return $"""
                {Notice.Title}

                {Notice.Text}

                When: {at} ({Organization.TimeZone})
                Organization: {Organization.Name}, number {Organization.Id}

                {(Options.BaseUrl is null ? "See it in the portal at" : "See it in the portal:")}
                {link}

                --{" "}
                You get this mail because {Because}.
                It was sent by a program; nobody reads answers to it.

                """;
        }
    }
}

/// <summary>Where a notification leads.</summary>
public static class NoticeLink
{
    /// <summary>The path to its cause: a path of this portal and nothing else; the organization's page where the notification names none.</summary>
    public static string Of(string link, long organization) =>
        link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) && !link.Contains('\\', StringComparison.Ordinal) && !link.Any(char.IsControl)
            ? link
            : "/organizations/" + organization.ToString(CultureInfo.InvariantCulture);
}
