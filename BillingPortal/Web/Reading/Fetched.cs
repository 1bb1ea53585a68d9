namespace BillingPortal.Web.Reading;

/// <summary>The data of a component: one of four, each with a view of its own, so that none is forgotten.</summary>
/// <typeparam name="T">What is read.</typeparam>
public abstract record Fetched<T>
{
    private Fetched() { }

    /// <summary>Being read.</summary>
    public sealed record Loading : Fetched<T>;

    /// <summary>Read, and there is nothing.</summary>
    public sealed record Empty : Fetched<T>;

    /// <summary>Read.</summary>
    public sealed record Ready(T Value) : Fetched<T>;

    /// <summary>Could not be read.</summary>
    /// <param name="Trace">What to quote to find it in the log.</param>
    public sealed record Failed(string Trace) : Fetched<T>;
}
