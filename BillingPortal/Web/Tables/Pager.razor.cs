using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Tables;

/// <summary>Under a list: how many, which, and the way on. Pages go by key, so there is First, Previous and Next, and no page numbers.</summary>
public sealed partial class Pager : ComponentBase
{
    /// <summary>The list's state.</summary>
    [Parameter, EditorRequired]
    public ListState List { get; set; } = default!;

    /// <summary>How many rows are on this page.</summary>
    [Parameter, EditorRequired]
    public int Shown { get; set; }

    /// <summary>How many match, where that was counted.</summary>
    [Parameter]
    public RowCount? Count { get; set; }

    /// <summary>Which rows, as in "Acme Robotics to Pinewood Media", or as of when.</summary>
    [Parameter]
    public string? Range { get; set; }

    /// <summary>The first row's key where rows come before it; null at the start.</summary>
    [Parameter]
    public string? Previous { get; set; }

    /// <summary>The last row's key where rows follow it; null at the end.</summary>
    [Parameter]
    public string? Next { get; set; }

    private string Said
    {
        get
        {
            var rows = string.Create(CultureInfo.CurrentCulture, $"{Shown:N0} {(Shown == 1 ? "row" : "rows")}");
            return rows + (Count is { } count ? $" of {count}" : "") + (Range is null ? "" : ", " + Range);
        }
    }

    private void Resize(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
        {
            Navigation.NavigateTo(List.WithRows(rows));
        }
    }
}
