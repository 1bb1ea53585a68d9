namespace BillingPortal.Store.Rows;

/// <summary>Something an organization's people should know, written in the transaction that caused it.</summary>
public sealed class NotificationRow
{
    /// <summary>Its number.</summary>
    public long Id { get; set; }

    /// <summary>Whose.</summary>
    public long OrganizationId { get; set; }

    /// <summary>UTC microseconds.</summary>
    public long At { get; set; }

    /// <summary>A stable word (<see cref="Domain.Billing.NoticeKind"/>), as in <c>low_balance</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The cap's level in percent; 0 for what has none.</summary>
    public int Level { get; set; }

    /// <summary>One line.</summary>
    public string Title { get; set; } = "";

    /// <summary>What happened and what to do.</summary>
    public string Text { get; set; } = "";

    /// <summary>The portal's page about the cause, from the root.</summary>
    public string Link { get; set; } = "";

    /// <summary>The entry that caused it.</summary>
    public long? Seq { get; set; }

    /// <summary>When its mails were written; null until then.</summary>
    public long? MailedAt { get; set; }
}

/// <summary>That a person has read one.</summary>
public sealed class NotificationRead
{
    /// <summary>Who.</summary>
    public string UserId { get; set; } = "";

    /// <summary>Which.</summary>
    public long NotificationId { get; set; }
}

/// <summary>Up to which a person has read all. What is older than their mark has no row of its own, so that neither grows without end.</summary>
public sealed class NotificationMark
{
    /// <summary>Who.</summary>
    public string UserId { get; set; } = "";

    /// <summary>The last one read with all before it.</summary>
    public long ReadUpTo { get; set; }
}

/// <summary>A mail on its way to one recipient.</summary>
public sealed class MailRow
{
    /// <summary>Its number.</summary>
    public long Id { get; set; }

    /// <summary>What it tells.</summary>
    public long NotificationId { get; set; }

    /// <summary>An address.</summary>
    public string Recipient { get; set; } = "";

    /// <summary>Its subject.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Its text.</summary>
    public string Body { get; set; } = "";

    /// <summary>UTC microseconds, here and below.</summary>
    public long CreatedAt { get; set; }

    /// <summary>0 waiting, 1 sent, 2 given up.</summary>
    public int State { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried next; null once it has ended.</summary>
    public long? DueAt { get; set; }

    /// <summary>When it was handed over.</summary>
    public long? SentAt { get; set; }

    /// <summary>Why the last try failed.</summary>
    public string? Failure { get; set; }
}

/// <summary>What a mail carries beside its text.</summary>
public sealed class MailAttachmentRow
{
    /// <summary>The mail.</summary>
    public long MailId { get; set; }

    /// <summary>Counts from 1.</summary>
    public int Position { get; set; }

    /// <summary>The file's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its media type.</summary>
    public string MediaType { get; set; } = "";

    /// <summary>Its bytes.</summary>
    public byte[] Content { get; set; } = [];
}
