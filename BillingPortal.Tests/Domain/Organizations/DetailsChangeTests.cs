using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Tests.Domain.Organizations;

public sealed class DetailsChangeTests
{
    private static readonly OrganizationDetails Before = new() { Name = "Acme", Slug = "acme", City = "Berlin", Email = "a@example.com", TaxId = "DE136695976", TaxIdType = "eu_vat" };

    [Fact]
    public void What_is_not_named_stays_and_null_clears()
    {
        Done(DetailsChange.None).ShouldBe(Before);
        Done(DetailsChange.None.With(DetailField.City, null)).ShouldBe(Before with { City = null });
        Done(DetailsChange.None.With(DetailField.City, " ")).ShouldBe(Before with { City = null });
    }

    [Fact]
    public void Every_limit_is_met_to_the_character_and_not_passed_by_one()
    {
        foreach (var (field, sign) in new[]
        {
            (DetailField.Company, "🧾"), (DetailField.Line1, "ش"), (DetailField.Line2, "x"), (DetailField.City, "x"), (DetailField.State, "x"), (DetailField.PostalCode, "9"), (DetailField.Name, "é"), (DetailField.Slug, "a"),
        })
        {
            var most = string.Concat(Enumerable.Repeat(sign, field.Most));
            field.Of(Done(DetailsChange.None.With(field, most))).ShouldBe(most);
            Error(DetailsChange.None.With(field, most + sign)).ShouldBe((field.Code, "string_too_long"));
        }
    }

    [Theory]
    [InlineData("name", "", "string_too_short")]
    [InlineData("name", null, "string_type")]
    [InlineData("slug", null, "string_type")]
    [InlineData("slug", "", "string_too_short")]
    [InlineData("slug", "-a", "string_pattern_mismatch")]
    [InlineData("slug", "Acme", "string_pattern_mismatch")]
    [InlineData("slug", "a_b", "string_pattern_mismatch")]
    [InlineData("slug", "a\n", null)]
    [InlineData("slug", "0--", null)]
    [InlineData("billing_country", "XX", "value_error")]
    [InlineData("billing_country", "DEU", "string_too_long")]
    [InlineData("billing_country", "de", null)]
    [InlineData("billing_email", "", "value_error")]
    [InlineData("billing_email", "nobody", "value_error")]
    [InlineData("billing_email", "a@b", "value_error")]
    [InlineData("billing_email", "a b@example.com", "value_error")]
    [InlineData("billing_email", "buchhaltung@müller.example", null)]
    [InlineData("billing_tax_id_type", "vat", "value_error")]
    [InlineData("billing_tax_id", "DE136695977", "value_error")]
    [InlineData("billing_tax_id", "- -", "value_error")]
    [InlineData("billing_city", "Ber\u0000lin", "value_error")]
    [InlineData("billing_company_name", "=cmd|' /C calc'!A0", null)]
    [InlineData("billing_company_name", "شركة الأمل للتجارة", null)]
    [InlineData("phone", "+49 (30) 1234-567", null)]
    [InlineData("phone", "call me", "value_error")]
    public void Each_field_has_its_rules(string code, string? value, string? error)
    {
        var change = DetailsChange.None.With(DetailField.Find(code)!, value);
        if (error is null)
        {
            Done(change);
        }
        else
        {
            Error(change).ShouldBe((code, error));
        }
    }

    [Fact]
    public void A_number_is_checked_against_the_type_that_stands_or_comes_with_it()
    {
        Error(DetailsChange.None.With(DetailField.TaxId, "GB980780684")).ShouldBe(("billing_tax_id", "value_error"));
        Error(DetailsChange.None.With(DetailField.TaxIdType, "us_ein")).ShouldBe(("billing_tax_id_type", "value_error"));
        Done(DetailsChange.None.With(DetailField.TaxId, "980 7806 84").With(DetailField.TaxIdType, "gb_vat")).TaxId.ShouldBe("GB980780684");
        Done(DetailsChange.None.With(DetailField.TaxId, null)).ShouldBe(Before with { TaxId = null });

        // Without a type the prefix tells it; where that tells nothing the number is kept.
        var untyped = Before with { TaxId = null, TaxIdType = null };
        Done(DetailsChange.None.With(DetailField.TaxId, "el 123456783"), untyped).TaxIdType.ShouldBe("eu_vat");
        Done(DetailsChange.None.With(DetailField.TaxId, "4711/0815"), untyped).ShouldBe(untyped with { TaxId = "47110815" });
    }

    [Fact]
    public void Contract_4_keeps_any_number_and_a_changed_number_begins_anew_with_its_register()
    {
        DetailsChange.Vatin(Before, "DE136695977").ShouldBe(Before with { TaxId = "DE136695977" });
        DetailsChange.Vatin(Before, "whatever 1").ShouldBe(Before with { TaxId = "WHATEVER1", TaxIdType = null });
        DetailsChange.Vatin(Before, null).ShouldBe(Before with { TaxId = null, TaxIdType = null });

        var verified = new TaxStanding(TaxStatus.Verified, new Instant(1), "Acme GmbH");
        DetailsChange.StandingAfter(Before, verified, Before with { City = "Bonn" }).ShouldBe(verified);
        DetailsChange.StandingAfter(Before, verified, Before with { TaxId = "EL123456783" }).Status.ShouldBe(TaxStatus.Pending);
        DetailsChange.StandingAfter(Before, verified, Before with { TaxId = "DE136695977" }).Status.ShouldBe(TaxStatus.Unverified);
        DetailsChange.StandingAfter(Before, verified, Before with { TaxId = "123456789", TaxIdType = "us_ein" }).Status.ShouldBe(TaxStatus.Unverified);
        DetailsChange.StandingAfter(Before, verified, Before with { TaxId = null }).ShouldBe(TaxStanding.None);
    }

    private static OrganizationDetails Done(DetailsChange change, OrganizationDetails? before = null) => change.Over(before ?? Before).ShouldBeOfType<Outcome<OrganizationDetails>.Done>().Value;

    private static (string, string) Error(DetailsChange change) =>
        change.Over(Before).ShouldBeOfType<Outcome<OrganizationDetails>.Invalid>().Errors.ShouldHaveSingleItem() is var error ? (error.Field, error.Code) : default;
}
