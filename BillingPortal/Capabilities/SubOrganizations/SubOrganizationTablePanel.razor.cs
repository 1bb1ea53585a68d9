using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Tables;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>The table of sub-organizations, a row for each, and what can be done with those selected. A selection lasts as long as its page.</summary>
public sealed partial class SubOrganizationTablePanel : ComponentBase
{
    private readonly SortedSet<long> _chosen = [];

    /// <summary>The list's state in the address.</summary>
    [Parameter, EditorRequired]
    public ListState State { get; set; } = default!;

    /// <summary>The part of the list.</summary>
    [Parameter, EditorRequired]
    public SubOrganizationList List { get; set; } = default!;

    /// <summary>When it was read.</summary>
    [Parameter, EditorRequired]
    public Instant ReadAt { get; set; }

    [CascadingParameter]
    private ViewZone? View { get; set; }

    private Currency? OneCurrency => List.Rows.Select(row => row.Currency).Distinct().ToArray() is [var only] ? only : null;

    private string InCurrency => OneCurrency is { } currency ? ", " + currency.Code : "";

    private bool AllChosen => List.Rows.All(row => _chosen.Contains(row.Organization.Id));

    private string Range
    {
        get
        {
            var zone = View?.Current ?? TimeZoneInfo.Utc;
            return $"{List.Rows[0].Organization.Name} to {List.Rows[^1].Organization.Name}. As of {TimeText.Write(ReadAt, zone, TimeForm.Second)} {ViewZone.NameOf(zone)}";
        }
    }

    /// <summary>What the selected hold together, currency by currency.</summary>
    private string Sum => string.Join(", ", List.Rows.Where(row => _chosen.Contains(row.Organization.Id)).GroupBy(row => row.Currency)
        .Select(group => "balance " + new Money(group.Sum(row => row.Balance), group.Key).ToString(CultureInfo.CurrentCulture)));

    private string ExportChosen => $"/organizations/{new OrganizationId(List.Parent.Id)}/sub-organizations.csv?ids={string.Join(',', _chosen.Select(id => id.ToString(CultureInfo.InvariantCulture)))}";

    /// <inheritdoc />
    protected override void OnParametersSet() => _chosen.IntersectWith(List.Rows.Select(row => row.Organization.Id));

    private static State StateOf(Organization organization) =>
        organization.Disabled ? Web.Parts.State.Disabled : organization.BlockedCause is null ? Web.Parts.State.Active : Web.Parts.State.Blocked;

    private static string PlanName(string code) => code.Length == 0 ? "" : char.ToUpperInvariant(code[0]) + code[1..];

    private static Money Amount(OrganizationFacts row, long micros) => new(micros, row.Currency);

    private void Choose(long organization, bool chosen) => _ = chosen ? _chosen.Add(organization) : _chosen.Remove(organization);

    private void ChooseAll(ChangeEventArgs change)
    {
        _chosen.Clear();
        if (change.Value is true)
        {
            _chosen.UnionWith(List.Rows.Select(row => row.Organization.Id));
        }
    }
}
