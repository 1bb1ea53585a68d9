namespace BillingPortal.Store;

/// <summary>An answer that says nothing but that it was done: <c>{}</c>.</summary>
public sealed record Acknowledged
{
    /// <summary>The one there is.</summary>
    public static readonly Acknowledged It = new();
}
