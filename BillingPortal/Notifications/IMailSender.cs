using BillingPortal.Domain;

namespace BillingPortal.Notifications;

/// <summary>Hands mails over to whoever delivers them: a mail server, or a folder to look at.</summary>
public interface IMailSender
{
    /// <summary>The setting without which nothing can be handed over, with what it is for; null where all is there.</summary>
    string? Lacks { get; }

    /// <summary>Hands one over.</summary>
    /// <exception cref="MailNotSentException">It was not taken.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>A mail in plain text.</summary>
/// <param name="Number">Its number in the store; the same mail, handed over twice, has the same Message-ID.</param>
/// <param name="Recipient">One address.</param>
/// <param name="Subject">One line; line breaks and other control characters in it become spaces.</param>
/// <param name="Body">Lines parted by <c>\n</c>.</param>
/// <param name="Written">When it was written.</param>
public sealed record OutgoingMail(long Number, string Recipient, string Subject, string Body, Instant Written)
{
    /// <summary>What it carries beside the text.</summary>
    public IReadOnlyList<MailFile> Files { get; init; } = [];
}

/// <summary>A file that a mail carries.</summary>
/// <param name="Name">Its name: ASCII.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MailFile(string Name, string MediaType, ReadOnlyMemory<byte> Content);

/// <summary>A mail was not taken. The reason names no address, so that it may stand in a log.</summary>
/// <param name="reason">As a sentence goes on: "the server could not be reached".</param>
/// <param name="forGood">True where another try would end alike.</param>
/// <param name="cause">What was thrown below, if anything.</param>
public sealed class MailNotSentException(string reason, bool forGood, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>True where another try would end alike.</summary>
    public bool ForGood => forGood;
}
