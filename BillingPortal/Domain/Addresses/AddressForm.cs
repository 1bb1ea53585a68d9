using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BillingPortal.Domain.Addresses;

/// <summary>One of the three lower parts of an address.</summary>
public enum AddressPart
{
    /// <summary>The town.</summary>
    City,

    /// <summary>What lies between town and country.</summary>
    State,

    /// <summary>The postal code.</summary>
    PostalCode,
}

/// <summary>How a country's addresses are written: what their parts are called there, and in which order they stand.</summary>
/// <param name="Order">The lower parts from the top.</param>
/// <param name="City">What the town is called.</param>
/// <param name="State">What the part above it is called.</param>
/// <param name="PostalCode">What the postal code is called.</param>
/// <param name="UsesState">False where addresses do not name that part.</param>
/// <param name="UsesPostalCode">False where the country has no postal codes.</param>
public sealed record AddressForm(ImmutableArray<AddressPart> Order, string City, string State, string PostalCode, bool UsesState, bool UsesPostalCode)
{
    // Countries; order (C town, S state, P postal code); town, state and postal code as they are called there. A dash: not used there.
    private const string Lines = """
        US AS GU MP VI PR UM FM MH PW;CSP;City;State;ZIP code
        CA;CSP;City;Province;Postal code
        AU;CSP;Suburb or town;State;Postcode
        GB GG IM JE FK GI SH GS IO PN TC;CSP;Town or city;County;Postcode
        IE;CSP;Town or city;County;Eircode
        NZ;CPS;Town or city;-;Postcode
        IN;CSP;City;State;PIN code
        BR;CSP;City;State;CEP
        MX;PCS;City;State;Postal code
        MY;PCS;Town or city;State;Postcode
        NG;CSP;City;State;Postal code
        VE SO;CSP;City;State;Postal code
        JP;PSC;City;Prefecture;Postal code
        CN;SCP;City;Province;Postal code
        KR;SCP;City;Province;Postal code
        TW;CSP;City;County;Postal code
        HK;CSP;District;Area;-
        MO;CSP;District;-;-
        AE;CSP;City;Emirate;-
        IT SM VA;PCS;Town or city;Province;CAP
        ES;PCS;Town or city;Province;Postal code
        CH;PCS;Town or city;Canton;Postcode
        LI AT DE LU BE NL DK NO SE FI IS FO GL SJ AX PL CZ SK SI HR HU RO BG RS ME MK AL BA EE LT LV PT GR CY FR MC MQ GP GF RE YT PM BL MF NC PF WF IL;PCS;Town or city;-;Postcode
        MT;CPS;Town or city;-;Postcode
        AR TR CU DZ CR PK;PCS;City;Province;Postal code
        ID TH PH NP;CSP;City;Province;Postal code
        ZA;CSP;Town or city;Province;Postal code
        CL;PCS;City;Region;Postal code
        CO PY SV HN NI;CSP;City;Department;Postal code
        PE GT EC UY PA DO;PCS;City;Department or province;Postal code
        EG JO IQ KW LB OM TN;CSP;City;Governorate;Postal code
        UA RU KZ BY UZ KG TJ TM MD AM AZ GE;CSP;City;Region;Postal code
        VN;CSP;City;Province;Postal code
        SA BH;CPS;City;-;Postal code
        SG;CPS;Town;-;Postal code
        KE TZ ZM LK BD;CPS;Town or city;-;Postal code
        JM TT BB;CSP;Town;Parish;Postal code
        AO AG AW BS BZ BJ BW BO BI CM KM CG CD CK CI DJ DM TL GQ ER FJ TF GM GH GD GY KI KP LY MW ML MR NR QA RW KN ST SC SL SB SR SY TG TO TV UG VU YE ZW;CSP;Town or city;Region;-
        """;

    private static readonly AddressForm Anywhere = new([AddressPart.PostalCode, AddressPart.City, AddressPart.State], "Town or city", "State or region", "Postal code", UsesState: true, UsesPostalCode: true);

    private static readonly FrozenDictionary<string, AddressForm> ByCountry = Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(';'))
        .SelectMany(line => line[0].Split(' ').Select(code => KeyValuePair.Create(code, Read(line))))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The form of <paramref name="country"/>, ISO 3166-1 alpha-2; a plain one where none is known, or none is chosen yet.</summary>
    public static AddressForm Of(string? country) => country is null ? Anywhere : ByCountry.GetValueOrDefault(country, Anywhere);

    /// <summary>What <paramref name="part"/> is called.</summary>
    public string LabelOf(AddressPart part) => part switch
    {
        AddressPart.City => City,
        AddressPart.State => State,
        _ => PostalCode,
    };

    /// <summary>True where addresses there name <paramref name="part"/>.</summary>
    public bool Uses(AddressPart part) => part switch
    {
        AddressPart.State => UsesState,
        AddressPart.PostalCode => UsesPostalCode,
        _ => true,
    };

    private static AddressForm Read(string[] line) => new(
        [.. line[1].Select(part => part switch { 'C' => AddressPart.City, 'S' => AddressPart.State, _ => AddressPart.PostalCode })],
        line[2], Or(line[3], Anywhere.State), Or(line[4], Anywhere.PostalCode), line[3] != "-", line[4] != "-");

    private static string Or(string label, string otherwise) => label == "-" ? otherwise : label;
}
