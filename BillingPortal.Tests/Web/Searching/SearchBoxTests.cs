using System.Collections.Immutable;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Searching;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace BillingPortal.Tests.Web.Searching;

public sealed class SearchBoxTests : WebTest
{
    private readonly FakeSource _organizations = new();

    public SearchBoxTests()
    {
        Services.AddScoped<ISearchSource>(_ => _organizations);
        Services.AddScoped<ISearchSource, PageSearch>();
    }

    [Fact]
    public async Task Typing_waits_a_moment_and_asks_once_for_the_last_text()
    {
        var box = Open();

        box.Find("input").Input("ac");
        box.Find("input").Input("acme");
        await PassAsync(TimeSpan.FromMilliseconds(149));
        _organizations.Asked.ShouldBeEmpty();
        await PassAsync(TimeSpan.FromMilliseconds(1));

        box.WaitForAssertion(() => _organizations.Asked.ShouldBe(["acme"]));
    }

    [Fact]
    public async Task What_is_typed_while_the_page_is_busy_on_another_thread_is_asked_for_when_it_rests()
    {
        var box = Open();
        using var end = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = Task.Run(() => box.InvokeAsync(() =>
        {
            begun.SetResult();
            end.Wait();
        }));
        await begun.Task;
        box.Find("input").Input("acme");

        var passing = PassAsync(TimeSpan.FromMilliseconds(150));
        end.Set();
        await Task.WhenAll(passing, busy);

        box.WaitForAssertion(() => _organizations.Asked.ShouldBe(["acme"]));
    }

    [Fact]
    public async Task Results_are_options_of_the_combobox_with_what_was_typed_marked()
    {
        var box = await FindAsync("acme");

        var input = box.Find("input[role=combobox]");
        input.GetAttribute("aria-expanded").ShouldBe("true");
        input.GetAttribute("aria-controls").ShouldBe(box.Find("[role=listbox]").Id);
        input.GetAttribute("aria-activedescendant").ShouldBe(box.Find("[role=option][aria-selected=true]").Id);
        box.FindAll("[role=option] mark").Select(mark => mark.TextContent).ShouldBe(["Acme", "Acme"]);
        box.Find("[role=status]").TextContent.ShouldBe("2 results");
    }

    [Fact]
    public async Task Arrows_move_the_choice_round()
    {
        var box = await FindAsync("acme");

        box.Find("input").KeyDown("ArrowDown");
        Chosen(box).ShouldBe("Acme Field");
        box.Find("input").KeyDown("ArrowDown");
        Chosen(box).ShouldBe("Acme Robotics");
        box.Find("input").KeyDown("ArrowUp");
        Chosen(box).ShouldBe("Acme Field");
    }

    [Fact]
    public async Task Enter_opens_the_choice_as_a_click_would()
    {
        var box = await FindAsync("acme");

        await box.Find("form").SubmitAsync();

        JSInterop.Invocations["portal.follow"].Single().Arguments[0].ShouldBe("q-o0");
    }

    [Fact]
    public async Task Enter_before_results_are_there_lists_organizations_with_that_text()
    {
        var box = Open();
        box.Find("input").Input("acme & co");

        await box.Find("form").SubmitAsync();

        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/?q=acme%20%26%20co");
    }

    [Fact]
    public async Task Escape_empties_the_box()
    {
        var box = await FindAsync("acme");

        box.Find("input").KeyDown("Escape");

        box.Find("input").GetAttribute("value").ShouldBeNullOrEmpty();
        box.Find("input").GetAttribute("aria-expanded").ShouldBe("false");
    }

    [Fact]
    public async Task Nothing_found_says_so() => (await FindAsync("zzz")).Find("[role=status]").TextContent.ShouldBe("Nothing found.");

    [Fact]
    public async Task A_search_that_fails_says_so_and_the_page_stands()
    {
        _organizations.Fails = true;

        (await FindAsync("acme")).Find("[role=status]").TextContent.ShouldContain("The search failed");
    }

    [Fact]
    public void The_palette_lists_the_pages_before_anything_is_typed()
    {
        Hidden.Add(BillingPortal.Domain.Access.Permission.ImportUsage);
        var box = Render<SearchBox>(b => b.Add(x => x.Id, "palette-q").Add(x => x.InDialog, true));

        box.Find("input").Focus();

        box.WaitForAssertion(() => box.FindAll("[role=option]").Count.ShouldBe(13));
        box.Markup.ShouldNotContain("Import usage");
        _organizations.Asked.ShouldBeEmpty();
    }

    private IRenderedComponent<SearchBox> Open()
    {
        var box = Render<SearchBox>(b => b.Add(x => x.Id, "q"));
        box.Find("input").Focus();
        return box;
    }

    private async Task<IRenderedComponent<SearchBox>> FindAsync(string text)
    {
        var box = Open();
        box.Find("input").Input(text);
        await PassAsync(TimeSpan.FromMilliseconds(150));
        box.WaitForAssertion(() => box.Find("[role=status]").TextContent.ShouldNotBeEmpty());
        return box;
    }

    private static string Chosen(IRenderedComponent<SearchBox> box) => box.Find("[aria-selected=true] > span").TextContent.Trim();

    private sealed class FakeSource : ISearchSource
    {
        public List<string> Asked { get; } = [];

        public bool Fails { get; set; }

        public int Order => 1;

        public Task<ImmutableArray<SearchGroup>> FindAsync(string text, CancellationToken cancel)
        {
            Asked.Add(text);
            if (Fails)
            {
                throw new InvalidOperationException("The store is away.");
            }

            ImmutableArray<SearchHit> hits = text.StartsWith("ac", StringComparison.Ordinal)
                ? [new(Glyph.Organizations, "Acme Robotics", null, null, "/organizations/a"), new(Glyph.Organizations, "Acme Field", null, null, "/organizations/b")]
                : [];
            return Task.FromResult<ImmutableArray<SearchGroup>>([new("Organizations", hits)]);
        }
    }
}
