using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>
/// With keys and nothing else. Tab must reach what is wanted, and what is reached must be in sight: inside the window, and not under
/// a bar that sticks to its edge.
/// </summary>
public sealed class KeyboardHands(IPage page) : Hands(page)
{
    private const int MostTabs = 300;

    private const string IsFocused = "element => element === document.activeElement";

    private const string SharesFocus = "radio => document.activeElement.type === 'radio' && document.activeElement.name === radio.name";

    private const string IsInSight = """
        element => {
          const box = element.getBoundingClientRect();
          const seen = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 12));
          return seen !== null && (element.contains(seen) || seen.contains(element) || (element.closest('label, .input')?.contains(seen) ?? false));
        }
        """;

    /// <inheritdoc />
    public override async Task PressAsync(ILocator what)
    {
        await ReachAsync(what);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <inheritdoc />
    public override async Task TickAsync(ILocator box)
    {
        await ReachAsync(box);
        await Page.Keyboard.PressAsync("Space");
    }

    /// <summary>Tab reaches one of the group, the arrows go through them and pick; Space picks where one stands.</summary>
    public override async Task PickAsync(ILocator radio)
    {
        await ReachAsync(radio, SharesFocus);
        for (var steps = 0; !await radio.EvaluateAsync<bool>(IsFocused); steps++)
        {
            steps.ShouldBeLessThan(MostTabs, $"the arrows must reach {radio}");
            await Page.Keyboard.PressAsync("ArrowDown");
        }

        await Page.Keyboard.PressAsync("Space");
    }

    /// <inheritdoc />
    public override async Task WriteAsync(ILocator input, string text)
    {
        await ReachAsync(input);
        await Page.Keyboard.PressAsync("ControlOrMeta+A");
        await Page.Keyboard.TypeAsync(text);
    }

    /// <inheritdoc />
    public override async Task ChooseAsync(ILocator select, string option)
    {
        await ReachAsync(select);
        await Page.Keyboard.TypeAsync(option);
        (await select.EvaluateAsync<string>("select => select.selectedOptions[0].text")).ShouldStartWith(option);
    }

    /// <inheritdoc />
    public override async Task DateAsync(ILocator input, DateOnly day)
    {
        await ReachAsync(input);
        await Page.Keyboard.TypeAsync($"{day:MMdd}");
        await Page.Keyboard.TypeAsync($"{day:yyyy}");
        await Page.Keyboard.PressAsync("ArrowRight");
        await Page.Keyboard.TypeAsync("120000AM");
        (await input.InputValueAsync()).ShouldStartWith($"{day:yyyy-MM-dd}T00:00");
    }

    /// <inheritdoc />
    public override async Task DayAsync(ILocator input, DateOnly day)
    {
        await ReachAsync(input);
        await Page.Keyboard.TypeAsync($"{day:MMddyyyy}");
        (await input.InputValueAsync()).ShouldBe($"{day:yyyy-MM-dd}");
    }

    /// <inheritdoc />
    public override async Task ToSearchAsync(ILocator box)
    {
        await Page.Keyboard.PressAsync("/");
        (await box.EvaluateAsync<bool>(IsFocused)).ShouldBeTrue("the key / leads to the search box");
    }

    /// <inheritdoc />
    public override async Task TakeAsync(ILocator option)
    {
        await Assertions.Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await Page.Keyboard.PressAsync("Enter");
    }

    private async Task ReachAsync(ILocator what, string isReached = IsFocused)
    {
        await what.WaitForAsync();
        await Assertions.Expect(what).ToBeEnabledAsync();
        for (var tabs = 0; !await what.EvaluateAsync<bool>(isReached); tabs++)
        {
            tabs.ShouldBeLessThan(MostTabs, $"Tab must reach {what}");
            await Page.Keyboard.PressAsync("Tab");
        }

        var inSight = isReached == IsFocused ? what : Page.Locator(":focus");
        (await inSight.EvaluateAsync<bool>(IsInSight)).ShouldBeTrue($"{inSight} has the focus and must be in sight");
    }
}
