using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Amounts;

/// <summary>The bar of buckets. Empty buckets take no room; the words name every one that is shown.</summary>
public sealed partial class Buckets : ComponentBase
{
    private ImmutableArray<BucketShare> _shown = [];
    private string _words = "";

    /// <summary>The buckets in draw-down order, all of one currency.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<BucketShare> Shares { get; set; } = [];

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _shown = [.. Shares.Where(share => !share.Amount.IsZero)];
        _words = _shown.Length == 0
            ? "All buckets are empty"
            : string.Join(", ", _shown.Select(share => $"{share.Name} {share.Amount.ToString(CultureInfo.CurrentCulture)}"));
    }

    /// <summary>The class that colours a bucket's key and bar.</summary>
    public static string HueClass(BucketHue hue) => hue switch
    {
        BucketHue.Monthly => "k-m",
        BucketHue.Promotional => "k-p",
        BucketHue.Cash => "k-c",
        BucketHue.Bonus => "k-b",
        _ => "k-o",
    };
}

/// <summary>One bucket's part of the bar.</summary>
/// <param name="Hue">Its colour.</param>
/// <param name="Name">Its name.</param>
/// <param name="Amount">What it holds; below zero it is drawn by its size.</param>
public sealed record BucketShare(BucketHue Hue, string Name, Money Amount);

/// <summary>The colours kept for buckets and used for nothing else.</summary>
public enum BucketHue
{
    /// <summary>Monthly credits.</summary>
    Monthly,

    /// <summary>Promotional.</summary>
    Promotional,

    /// <summary>Cash.</summary>
    Cash,

    /// <summary>Bonus.</summary>
    Bonus,

    /// <summary>Overdraft or receivable.</summary>
    Overdraft,
}
