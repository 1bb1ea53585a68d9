using BillingPortal.Domain.Addresses;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.TaxNumbers;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>The twelve fields. Labels and order of the address follow the country; the number is checked as it is typed.</summary>
public sealed partial class DetailsFormPanel : ComponentBase
{
    private readonly string _countries = Ids.Next("countries");

    /// <summary>What is typed.</summary>
    [Parameter, EditorRequired]
    public DetailsDraft Draft { get; set; } = new();

    /// <summary>What was wrong when it was saved.</summary>
    [Parameter, EditorRequired]
    public FieldErrors Errors { get; set; } = FieldErrors.None;

    /// <summary>True where name and slug may be changed.</summary>
    [Parameter, EditorRequired]
    public bool MayRename { get; set; }

    /// <summary>Told of everything that is typed.</summary>
    [Parameter]
    public EventCallback OnTyped { get; set; }

    private AddressForm Form => AddressForm.Of(Draft.Country?.Code);

    private List<TaxIdType> Usual => Draft.Country is { } country ? [.. TaxIdType.Of(country.Code)] : [];

    private IEnumerable<TaxIdType> Others => TaxIdType.All.Except(Usual).OrderBy(type => type.Name, StringComparer.Ordinal);

    private string? CountryError => Errors[DetailField.Country.Code] is not null || (Draft[DetailField.Country] is { } typed && typed.Trim().Length > 0 && Draft.Country is null)
        ? "no country is called that. Choose one from the list, or type its two letters."
        : null;

    /// <summary>What is typed now counts, not what was typed when it was saved.</summary>
    private string? NumberError => Draft.Number is { Type: not null } read ? read.Reason : Errors[DetailField.TaxId.Code];

    private RenderFragment? Echo => Draft.Number is { } read ? builder => builder.AddContent(0, EchoOf(read)) : null;

    private string? NumberHelp => Draft.TaxIdType is { } type
        ? type == TaxIdType.EuVat && Draft.Country is { } country && EuVat.OfCountry(country.Code) is { } state ? $"{state.Prefix} and then {state.Form}." : $"As in {type.Example}."
        : "Spaces, dots and hyphens do not count.";

    private static DetailField FieldOf(AddressPart part) => part switch
    {
        AddressPart.City => DetailField.City,
        AddressPart.State => DetailField.State,
        _ => DetailField.PostalCode,
    };

    private string? HelpOf(AddressPart part) => Form.Uses(part) || Draft.Country is null ? null : $"Not usual in {Draft.Country.Name}.";

    private static string EchoOf(TaxNumber read) => read.Type is not { } type
        ? $"{read.Number}: kept as it is; its prefix tells no type."
        : type == TaxIdType.EuVat || type.Check is not null ? $"{read.Number}: form and check digits of “{type.Name}” hold." : $"{read.Number}: has the form of “{type.Name}”.";
}
