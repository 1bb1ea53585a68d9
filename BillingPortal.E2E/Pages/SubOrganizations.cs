using System.Globalization;
using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>A reseller's sub-organizations.</summary>
public sealed class SubOrganizations(IPage page) : PortalPage(page)
{
    /// <summary>Opens those of an organization.</summary>
    public Task OpenAsync(long parent) => OpenAsync($"/organizations/{parent}/sub-organizations");

    /// <summary>Creates one that imports find by <paramref name="subAccount"/>, and gives its number.</summary>
    public async Task<long> CreateAsync(string name, string subAccount, Hands hands)
    {
        await hands.PressAsync(Link("New sub-organization"));
        await Assertions.Expect(Title).ToHaveTextAsync("New sub-organization");
        await Page.ShouldBeAccessibleAsync();
        await hands.WriteAsync(Field("Name"), name);
        await hands.WriteAsync(Page.GetByLabel("Provider's sub-account"), subAccount);
        await hands.PressAsync(Button(Shape.Begins("Create")));
        await Assertions.Expect(Title).ToHaveTextAsync(name);
        await BecomeInteractiveAsync();
        return long.Parse(new Uri(Page.Url).Segments[^1], CultureInfo.InvariantCulture);
    }
}
