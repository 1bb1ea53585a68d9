using BillingPortal.Domain.Addresses;

namespace BillingPortal.Tests.Domain.Addresses;

public sealed class CountryTests
{
    [Fact]
    public void Every_country_of_iso_3166_is_there_once()
    {
        Country.All.Length.ShouldBe(249);
        Country.All.Select(country => country.Code).Distinct().Count().ShouldBe(249);
        Country.All.ShouldAllBe(country => country.Code.Length == 2 && country.Code.All(char.IsAsciiLetterUpper) && country.Name.Length > 2);
        Country.All.ShouldAllBe(country => country.Form.Order.Length == 3 && country.Form.Order.Distinct().Count() == 3);
    }

    [Theory]
    [InlineData("US", "City", "State", "ZIP code")]
    [InlineData("IE", "Town or city", "County", "Eircode")]
    [InlineData("CA", "City", "Province", "Postal code")]
    [InlineData("GB", "Town or city", "County", "Postcode")]
    [InlineData("IN", "City", "State", "PIN code")]
    [InlineData("JP", "City", "Prefecture", "Postal code")]
    [InlineData(null, "Town or city", "State or region", "Postal code")]
    public void An_address_is_labelled_as_its_country_says(string? code, string city, string state, string postal)
    {
        var form = AddressForm.Of(code);
        (form.City, form.State, form.PostalCode).ShouldBe((city, state, postal));
    }

    [Fact]
    public void Germany_writes_the_postcode_first_and_the_united_states_last()
    {
        AddressForm.Of("DE").Order[0].ShouldBe(AddressPart.PostalCode);
        AddressForm.Of("US").Order[2].ShouldBe(AddressPart.PostalCode);
        AddressForm.Of("AE").UsesPostalCode.ShouldBeFalse();
    }

    [Theory]
    [InlineData("de", "DE")]
    [InlineData("germany", "DE")]
    [InlineData("Germany (DE)", "DE")]
    [InlineData("Atlantis", null)]
    public void A_country_is_meant_by_code_or_name(string typed, string? code) => Country.Meant(typed)?.Code.ShouldBe(code);
}
