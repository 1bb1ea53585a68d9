using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>How a person works a page: with the mouse, or with the keyboard alone. One story is told with either.</summary>
public abstract class Hands(IPage page)
{
    /// <summary>The browser's page.</summary>
    protected IPage Page => page;

    /// <summary>Follows a link or presses a button.</summary>
    public abstract Task PressAsync(ILocator what);

    /// <summary>Ticks a box, turns a switch or takes a choice.</summary>
    public abstract Task TickAsync(ILocator box);

    /// <summary>Picks one of several choices that exclude each other.</summary>
    public abstract Task PickAsync(ILocator radio);

    /// <summary>Writes <paramref name="text"/> into an input, in place of what is there.</summary>
    public abstract Task WriteAsync(ILocator input, string text);

    /// <summary>Chooses from a select what begins with <paramref name="option"/>.</summary>
    public abstract Task ChooseAsync(ILocator select, string option);

    /// <summary>Puts a day and a time into a date field; the time of day is midnight.</summary>
    public abstract Task DateAsync(ILocator input, DateOnly day);

    /// <summary>Puts a day into a field that takes no time.</summary>
    public abstract Task DayAsync(ILocator input, DateOnly day);

    /// <summary>Goes to the search box from wherever the page stands.</summary>
    public abstract Task ToSearchAsync(ILocator box);

    /// <summary>Takes what the search found: the option by click, or the chosen one by Enter.</summary>
    public abstract Task TakeAsync(ILocator option);
}

/// <summary>With the mouse; typing is typing.</summary>
public sealed class MouseHands(IPage page) : Hands(page)
{
    /// <inheritdoc />
    public override Task PressAsync(ILocator what) => what.ClickAsync();

    /// <inheritdoc />
    public override Task TickAsync(ILocator box) => box.ClickAsync();

    /// <inheritdoc />
    public override Task PickAsync(ILocator radio) => radio.ClickAsync();

    /// <inheritdoc />
    public override Task WriteAsync(ILocator input, string text) => input.FillAsync(text);

    /// <inheritdoc />
    public override async Task ChooseAsync(ILocator select, string option)
    {
        await select.Locator("option").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var label = (await select.Locator("option").AllInnerTextsAsync()).First(text => text.StartsWith(option, StringComparison.Ordinal));
        await select.SelectOptionAsync(new SelectOptionValue { Label = label });
    }

    /// <inheritdoc />
    public override Task DateAsync(ILocator input, DateOnly day) => input.FillAsync($"{day:yyyy-MM-dd}T00:00");

    /// <inheritdoc />
    public override Task DayAsync(ILocator input, DateOnly day) => input.FillAsync($"{day:yyyy-MM-dd}");

    /// <inheritdoc />
    public override Task ToSearchAsync(ILocator box) => box.ClickAsync();

    /// <summary>A person's finger stays down for a moment, in which the list must not go.</summary>
    public override Task TakeAsync(ILocator option) => option.ClickAsync(new() { Delay = 150 });
}
