namespace BillingPortal.Web.Parts;

/// <summary>How a note wants to be taken.</summary>
public enum NoteKind
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>It went well.</summary>
    Good,

    /// <summary>Somebody should look: stale, unknown, unusual.</summary>
    Warning,

    /// <summary>It failed; the note says what did not happen.</summary>
    Bad,
}
