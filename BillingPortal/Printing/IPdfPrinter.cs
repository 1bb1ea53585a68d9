namespace BillingPortal.Printing;

/// <summary>Turns a page into a PDF.</summary>
public interface IPdfPrinter
{
    /// <summary>What is missing, as a sentence; null where it can print.</summary>
    string? Lacks { get; }

    /// <summary>The PDF of a page that needs nothing but itself: no other file, no network, no session.</summary>
    /// <exception cref="NotPrintedException">It was not printed.</exception>
    Task<byte[]> PrintAsync(string html, CancellationToken cancel);
}

/// <summary>A page was not printed.</summary>
/// <param name="reason">As a sentence goes on: "the browser did not answer in time".</param>
/// <param name="cause">What was thrown below, if anything.</param>
public sealed class NotPrintedException(string reason, Exception? cause = null) : Exception(reason, cause);
