using BillingPortal.Domain.Organizations;
using Shouldly;

namespace BillingPortal.Tests.Domain.Organizations;

public sealed class SlugTests
{
    [Theory]
    [InlineData("SunBird", "sunbird")]
    [InlineData("Atlas Nimbus", "atlas-nimbus")]
    [InlineData("  Zürich & Söhne GmbH ", "zurich-sohne-gmbh")]
    [InlineData("/providers/Microsoft.Billing/8611537", "providers-microsoft-billing-8611537")]
    [InlineData("日本", "20209880")]
    [InlineData("", "20209880")]
    public void A_slug_is_made_of_the_name_or_else_of_the_id(string name, string slug) => Slug.From(name, "20209880").ShouldBe(slug);

    [Fact]
    public void A_slug_taken_gets_the_first_free_suffix() =>
        Slug.Free("acme", slug => slug is "acme" or "acme-2").ShouldBe("acme-3");

    [Fact]
    public void A_suffix_never_makes_a_slug_too_long()
    {
        var longest = Slug.From(new string('a', 500), "x");
        longest.Length.ShouldBe(Slug.MaxLength);
        Slug.Free(longest, slug => slug == longest).ShouldBe(new string('a', Slug.MaxLength - 2) + "-2");
    }
}
