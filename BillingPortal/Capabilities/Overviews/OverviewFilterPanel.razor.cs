using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>The overview's filters: those in force as chips, all of them in a form that is the address's own.</summary>
public sealed partial class OverviewFilterPanel : ComponentBase
{
    private static readonly ImmutableArray<string> Kept = ["sort", "rows", "month"];
    private string? _text, _standing, _model, _currency, _tree;
    private bool _resellers;

    /// <summary>The list's state in the address.</summary>
    [Parameter, EditorRequired]
    public ListState State { get; set; } = default!;

    /// <summary>What the address asks.</summary>
    [Parameter, EditorRequired]
    public OverviewQuestion Question { get; set; } = default!;

    /// <summary>The months on offer, newest first.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<BillingPeriod> Months { get; set; }

    /// <summary>The month whose spend is shown.</summary>
    [Parameter, EditorRequired]
    public BillingPeriod Month { get; set; }

    /// <summary>The name of the organization whose tree is shown.</summary>
    [Parameter]
    public string? TreeName { get; set; }

    /// <summary>How many match, where that was counted.</summary>
    [Parameter]
    public int? Counted { get; set; }

    private List<Filter> Chips
    {
        get
        {
            var filter = Question.Filter;
            var chips = new List<Filter>();
            Add("q", "Search", filter.Text);
            Add("state", "State", filter.State?.ToString());
            Add("model", "Charging model", filter.Model?.ToString());
            Add("currency", "Currency", filter.Currency);
            Add("tree", "In the tree of", filter.Tree is { } top ? TreeName ?? top.ToString(CultureInfo.InvariantCulture) : null);
            Add("resellers", "Only", filter.ResellersOnly ? "resellers" : null);
            return chips;

            void Add(string key, string name, string? value)
            {
                if (value is not null)
                {
                    chips.Add(new Filter(key, name, value));
                }
            }
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var filter = Question.Filter;
        (_text, _currency, _resellers) = (filter.Text, filter.Currency ?? "", filter.ResellersOnly);
        (_standing, _model) = (Word(filter.State), Word(filter.Model));
        _tree = filter.Tree?.ToString(CultureInfo.InvariantCulture);
    }

    private static string Word<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant() ?? "";

    private static string Value(BillingPeriod month) => string.Create(CultureInfo.InvariantCulture, $"{month}");

    private void PickMonth(ChangeEventArgs change) => Navigation.NavigateTo(State.Url.With("month", change.Value as string).Href);

    private void Apply()
    {
        var first = State.Url.Without("after", "before");
        Navigation.NavigateTo(first.With("q", _text?.Trim()).With("state", _standing).With("model", _model).With("currency", _currency)
            .With("tree", _tree?.Trim()).With("resellers", _resellers ? "1" : null).Href);
    }
}
