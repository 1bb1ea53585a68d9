using System.Globalization;

namespace BillingPortal.Web.Tables;

/// <summary>
/// How many rows match: exact up to a thousand, then "more than 1,000", since counting further would cost more than it tells. A query
/// counts at most <see cref="Enough"/> rows.
/// </summary>
/// <param name="Counted">Rows counted, from 0 to <see cref="Enough"/>.</param>
public readonly record struct RowCount(int Counted)
{
    /// <summary>Where counting stops: one more than is shown exactly.</summary>
    public const int Enough = 1_001;

    /// <summary>True where the figure is the whole truth.</summary>
    public bool IsExact => Counted < Enough;

    /// <summary>As people read it, in the request's culture.</summary>
    public override string ToString() => IsExact
        ? Counted.ToString("N0", CultureInfo.CurrentCulture)
        : "more than " + (Enough - 1).ToString("N0", CultureInfo.CurrentCulture);
}
