using System.Text.RegularExpressions;

namespace BillingPortal.E2E.Pages;

/// <summary>The shape of a text on a page, where its whole wording is not known or does not matter.</summary>
public static class Shape
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A text that begins so.</summary>
    public static Regex Begins(string text) => new("^" + Escape(text), RegexOptions.None, Patience);

    /// <summary>A text that ends so.</summary>
    public static Regex Ends(string text) => new(Escape(text) + "$", RegexOptions.None, Patience);

    /// <summary>A text that holds one of these.</summary>
    public static Regex OneOf(params string[] texts) => new(string.Join('|', texts.Select(Escape)), RegexOptions.None, Patience);

    /// <summary>A text with these parts in this order, with nothing but space between them.</summary>
    public static Regex Row(params string[] parts) => new(string.Join(@"\s*", parts.Select(Escape)), RegexOptions.None, Patience);

    /// <summary>The browser's selectors end a pattern at a bare slash.</summary>
    private static string Escape(string text) => Regex.Escape(text).Replace("/", "[/]", StringComparison.Ordinal);
}
