namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>The columns of FOCUS 1.0 that an import reads, by the names that the specification gives them.</summary>
public enum FocusColumn
{
    /// <summary>The charge that is invoiced.</summary>
    BilledCost,

    /// <summary>The provider's identifier of the billing account.</summary>
    BillingAccountId,

    /// <summary>Its name, which may be empty and need not be unique.</summary>
    BillingAccountName,

    /// <summary>The currency of the charge.</summary>
    BillingCurrency,

    /// <summary>The first moment of the month in which the provider bills it.</summary>
    BillingPeriodStart,

    /// <summary>The first moment at which the charge arose.</summary>
    ChargePeriodStart,

    /// <summary>Who offers the service.</summary>
    ProviderName,

    /// <summary>The service.</summary>
    ServiceName,

    /// <summary>The account under the billing account; null for the billing account's own usage.</summary>
    SubAccountId,

    /// <summary>Its name, which may be empty and need not be unique.</summary>
    SubAccountName,
}

/// <summary>Where each column stands in one file.</summary>
public sealed class FocusHeader
{
    private static readonly FocusColumn[] All = Enum.GetValues<FocusColumn>();

    private readonly int[] _positions = new int[All.Length];

    private FocusHeader(int width) => Width = width;

    /// <summary>How many columns the file has, those that are not read included.</summary>
    public int Width { get; }

    /// <summary>The position of <paramref name="column"/>, from zero.</summary>
    public int this[FocusColumn column] => _positions[(int)column];

    /// <summary>The header in <paramref name="names"/>, or what is wrong with it.</summary>
    public static FocusHeader? Read(IReadOnlyList<string> names, RowErrors errors)
    {
        var header = new FocusHeader(names.Count);
        var missing = new List<string>();
        foreach (var column in All)
        {
            var name = column.ToString();
            var found = Enumerable.Range(0, names.Count).Where(i => names[i].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (found.Length > 1)
            {
                errors.Stop(new(1, name, null, "the header names this column twice, so its value is ambiguous."));
                return null;
            }

            if (found.Length == 0)
            {
                missing.Add(name);
            }
            else
            {
                header._positions[(int)column] = found[0];
            }
        }

        if (missing.Count == 0)
        {
            return header;
        }

        errors.Stop(new(1, null, RowError.Excerpt(string.Join(',', names)), Describe(names, missing)));
        return null;
    }

    private static string Describe(IReadOnlyList<string> names, List<string> missing)
    {
        var hint = names.Count == 1 && names[0].Contains(';') ? " The columns seem to be separated by semicolons; FOCUS separates them by commas."
            : names.Count == 1 && names[0].Contains('\t') ? " The columns seem to be separated by tabs; FOCUS separates them by commas."
            : "";
        return missing.Count == All.Length
            ? "the first row is not the header of a FOCUS 1.0 file: it names none of the columns that an import needs, such as BilledCost." + hint
            : $"the header lacks {string.Join(", ", missing)}." + hint;
    }
}
