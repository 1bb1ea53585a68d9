using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>An act that moves money, wherever it stands: what would happen, the button that says it, and how it ended.</summary>
public sealed class MoneyActs(IPage page) : PortalPage(page)
{
    /// <summary>Each bucket before and after, the postings, and what follows.</summary>
    public ILocator Preview => Page.GetByRole(AriaRole.Region, new() { Name = "What will happen" });

    /// <summary>The receipt, in the page.</summary>
    public ILocator Receipt => Page.GetByRole(AriaRole.Status, new() { Name = "Receipt" });

    /// <summary>The amount.</summary>
    public ILocator Amount => Field("Amount");

    /// <summary>The bucket.</summary>
    public ILocator Bucket => Field("Bucket");

    /// <summary>The reason.</summary>
    public ILocator Reason => Field("Reason");

    /// <summary>The comment.</summary>
    public ILocator Comment => Page.GetByLabel("Comment");

    /// <summary>Where an unusual amount is typed once more.</summary>
    public ILocator Again => Field("Type the amount once more");

    /// <summary>Opens the adjustment of an organization, with nothing filled in.</summary>
    public Task OpenAsync(long number) => OpenAsync($"/organizations/{number}/adjust");

    /// <summary>The button that names the act, by how it begins.</summary>
    public ILocator Act(string begins) => Button(Shape.Begins(begins));

    /// <summary>A row of the preview: what a bucket has before, its change, and what it has after.</summary>
    public ILocator Row(string bucket) => Preview.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Row, new() { Name = bucket });

    /// <summary>Fills an addition in.</summary>
    public async Task FillAsync(string amount, string bucket, string reason, string comment = "", Hands? hands = null)
    {
        hands ??= new MouseHands(Page);
        await hands.WriteAsync(Amount, amount);
        await hands.ChooseAsync(Bucket, bucket);
        await hands.ChooseAsync(Reason, reason);
        if (comment.Length > 0)
        {
            await hands.WriteAsync(Comment, comment);
        }
    }
}
