using System.Globalization;
using System.Runtime.InteropServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Reading;

/// <summary>An entry's place in the order of every journal: when it was recorded, whose it is, its number. Newest first.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JournalCursor(Instant RecordedAt, OrganizationId Organization, long Seq)
{
    /// <summary>As addresses carry it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RecordedAt.Micros}.{Organization}.{Seq}");

    /// <summary>The cursor that <paramref name="text"/> is, or null where it is none.</summary>
    public static JournalCursor? Parse(string? text) =>
        text?.Split('.') is [var time, var organization, var seq] && Number(time) is { } t && Number(organization) is { } o && Number(seq) is { } s
            ? new(new Instant(t), new OrganizationId(o), s)
            : null;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>Which page of a journal: the newest, the one after (older than) a cursor, or the one before (newer than) it.</summary>
/// <param name="Rows">How many entries at most.</param>
/// <param name="After">Older than this.</param>
/// <param name="Before">Newer than this; counts only where <paramref name="After"/> is null.</param>
public sealed record JournalPlace(int Rows, JournalCursor? After = null, JournalCursor? Before = null)
{
    /// <summary>True where the page is read from its old end.</summary>
    public bool Backwards => After is null && Before is not null;
}
