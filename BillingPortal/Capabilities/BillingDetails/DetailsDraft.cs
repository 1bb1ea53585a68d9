using System.Text.Json.Serialization;
using BillingPortal.Domain.Addresses;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.TaxNumbers;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>What is typed on the page of billing details, and what stood when it was begun; kept in the browser's tab until it is saved.</summary>
public sealed class DetailsDraft
{
    /// <summary>What stood when it was begun: what a change is agreed against.</summary>
    public OrganizationDetails Shown { get; set; } = new();

    /// <summary>What is typed, by the field's code; empty where nothing is.</summary>
    public IDictionary<string, string> Texts { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is typed into <paramref name="named"/>.</summary>
    public string? this[DetailField named]
    {
        get => Texts.TryGetValue(named.Code, out var text) ? text : "";
        set => Texts[named.Code] = value ?? "";
    }

    /// <summary>The country that is meant; null where none is typed, or none is called that.</summary>
    [JsonIgnore]
    public Country? Country => Domain.Addresses.Country.Meant(this[DetailField.Country]!);

    /// <summary>The type that is chosen; null where the prefix shall tell.</summary>
    [JsonIgnore]
    public TaxIdType? TaxIdType => Domain.TaxNumbers.TaxIdType.Find(this[DetailField.TaxIdType]!);

    /// <summary>The number as it is read so far; null where none is typed.</summary>
    [JsonIgnore]
    public TaxNumber? Number => TaxNumber.Normalise(this[DetailField.TaxId]!).Length == 0 ? null : TaxNumber.Read(this[DetailField.TaxId]!, TaxIdType);

    /// <summary>The wish: what is typed and differs from what stood.</summary>
    [JsonIgnore]
    public DetailsChange Change => DetailField.OfContract.Where(named => Typed(named) != named.Of(Shown)).Aggregate(DetailsChange.None, (change, named) => change.With(named, Typed(named)));

    /// <summary>A draft in which nothing is changed yet.</summary>
    public static DetailsDraft Of(OrganizationDetails shown)
    {
        var draft = new DetailsDraft { Shown = shown };
        foreach (var field in DetailField.OfContract)
        {
            draft[field] = field == DetailField.Country && Domain.Addresses.Country.Find(shown.Country) is { } country ? country.Label : field.Of(shown);
        }

        return draft;
    }

    /// <summary>The same wish against what stands <paramref name="now"/>: what was not touched is as it is there.</summary>
    public DetailsDraft Over(OrganizationDetails now)
    {
        var touched = Change.Wishes.Keys.ToList();
        var over = Of(now);
        touched.ForEach(field => over[field] = this[field]);
        return over;
    }

    private string? Typed(DetailField field)
    {
        var text = this[field]!.Trim();
        return field == DetailField.Country ? Country?.Code ?? (text.Length == 0 ? null : text) : text.Length == 0 && !field.IsOwn ? null : text;
    }
}
