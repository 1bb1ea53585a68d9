using BillingPortal.Domain.Invoices;

namespace BillingPortal.Tests.Domain.Invoices;

/// <summary>The look-up tables of invoicing: data that must not contradict itself.</summary>
public sealed class VatRatesTests
{
    private static readonly string[] Union =
        ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"];

    [Fact]
    public void Every_country_has_one_rate_of_each_name_on_each_day()
    {
        VatRates.All.Select(rate => rate.Country).Distinct().Order().ShouldBe(Union.Append("GB").Append("CH").Append("NO").Order());
        VatRates.All.Select(rate => rate.Id).ShouldBeUnique();
        foreach (var kind in VatRates.All.GroupBy(rate => (rate.Country, rate.Name)))
        {
            var lines = kind.OrderBy(rate => rate.From).ToList();
            foreach (var (earlier, later) in lines.Zip(lines.Skip(1)))
            {
                earlier.Until.ShouldBe(later.From.AddDays(-1), $"{kind.Key}: a gap or an overlap before {later.From}");
            }
        }
    }

    [Theory]
    [InlineData("AT", 2000)]
    [InlineData("BE", 2100)]
    [InlineData("BG", 2000)]
    [InlineData("CY", 1900)]
    [InlineData("CZ", 2100)]
    [InlineData("DE", 1900)]
    [InlineData("DK", 2500)]
    [InlineData("EE", 2400)]
    [InlineData("ES", 2100)]
    [InlineData("FI", 2550)]
    [InlineData("FR", 2000)]
    [InlineData("GR", 2400)]
    [InlineData("HR", 2500)]
    [InlineData("HU", 2700)]
    [InlineData("IE", 2300)]
    [InlineData("IT", 2200)]
    [InlineData("LT", 2100)]
    [InlineData("LU", 1700)]
    [InlineData("LV", 2100)]
    [InlineData("MT", 1800)]
    [InlineData("NL", 2100)]
    [InlineData("PL", 2300)]
    [InlineData("PT", 2300)]
    [InlineData("RO", 2100)]
    [InlineData("SE", 2500)]
    [InlineData("SI", 2200)]
    [InlineData("SK", 2300)]
    [InlineData("GB", 2000)]
    [InlineData("CH", 810)]
    [InlineData("NO", 2500)]
    public void The_standard_rate_of_November_2026(string country, int basisPoints) =>
        VatRates.StandardOf(country, new DateOnly(2026, 11, 20))!.BasisPoints.ShouldBe(basisPoints);

    /// <summary>Every change of a standard rate since 2020: the day before, and the day.</summary>
    [Theory]
    [InlineData("DE", "2020-07-01", 1900, 1600)]
    [InlineData("IE", "2020-09-01", 2300, 2100)]
    [InlineData("DE", "2021-01-01", 1600, 1900)]
    [InlineData("IE", "2021-03-01", 2100, 2300)]
    [InlineData("LU", "2023-01-01", 1700, 1600)]
    [InlineData("LU", "2024-01-01", 1600, 1700)]
    [InlineData("EE", "2024-01-01", 2000, 2200)]
    [InlineData("CH", "2024-01-01", 770, 810)]
    [InlineData("FI", "2024-09-01", 2400, 2550)]
    [InlineData("SK", "2025-01-01", 2000, 2300)]
    [InlineData("EE", "2025-07-01", 2200, 2400)]
    [InlineData("RO", "2025-08-01", 1900, 2100)]
    public void A_rate_holds_from_its_first_day(string country, string first, int before, int after)
    {
        var day = DateOnly.ParseExact(first, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (VatRates.StandardOf(country, day.AddDays(-1))!.BasisPoints, VatRates.StandardOf(country, day)!.BasisPoints).ShouldBe((before, after));
    }

    [Fact]
    public void No_other_standard_rate_has_changed_since_2024() =>
        VatRates.All.Select(rate => rate.Country).Distinct().Where(country => VatRates.StandardOf(country, new DateOnly(2024, 1, 1)) != VatRates.StandardOf(country, new DateOnly(2026, 11, 20)))
            .ShouldBe(["EE", "FI", "RO", "SK"]);

    [Fact]
    public void A_chosen_rate_follows_the_law()
    {
        var estonia = VatRates.StandardOf("EE", new DateOnly(2023, 12, 31))!;
        (estonia.BasisPoints, VatRates.Follow(estonia.Id, new DateOnly(2024, 1, 1))!.BasisPoints, VatRates.Follow(estonia.Id, new DateOnly(2025, 7, 1))!.BasisPoints).ShouldBe((2000, 2200, 2400));
        var germany = VatRates.StandardOf("DE", new DateOnly(2026, 1, 1))!;
        VatRates.Follow(germany.Id, new DateOnly(2020, 8, 1))!.BasisPoints.ShouldBe(1600);
        VatRates.Follow(null, new DateOnly(2026, 1, 1)).ShouldBeNull();
        VatRates.Follow(99, new DateOnly(2026, 1, 1)).ShouldBeNull();
        VatRates.StandardOf("US", new DateOnly(2026, 1, 1)).ShouldBeNull();
    }

    [Fact]
    public void Payment_terms_have_the_contracts_first_one() =>
        (PaymentTerm.Find(1), PaymentTerm.All.Select(term => term.Id).Distinct().Count(), PaymentTerm.Find(99)).ShouldBe((PaymentTerm.Default, PaymentTerm.All.Count, null));
}
