using BillingPortal.Web.Reading;
using Bunit;
using Microsoft.AspNetCore.Components;
using Shouldly;

namespace BillingPortal.Tests.Web.Reading;

public sealed class FetchingTests : WebTest
{
    private readonly Queue<TaskCompletionSource<string[]?>> _answers = new();
    private readonly List<CancellationToken> _reads = [];
    private int _changes;

    [Fact]
    public async Task The_newest_read_wins_and_the_older_is_cancelled()
    {
        using var fetching = Fetch();
        var (first, second) = (Promise(), Promise());
        var older = fetching.RunAsync();
        var newer = fetching.RunAsync();

        second.SetResult(["new"]);
        await newer;
        first.SetResult(["old"]);
        await older;

        _reads[0].IsCancellationRequested.ShouldBeTrue();
        fetching.Value.ShouldBe(["new"]);
    }

    [Fact]
    public async Task Disposal_cancels_and_nothing_is_drawn_afterwards()
    {
        var fetching = Fetch();
        var answer = Promise();
        var run = fetching.RunAsync();
        var before = _changes;

        fetching.Dispose();
        answer.SetResult(["late"]);
        await run;

        _reads[0].IsCancellationRequested.ShouldBeTrue();
        _changes.ShouldBe(before);
        fetching.State.ShouldBeOfType<Fetched<string[]>.Loading>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_read_is_empty_and_not_ready(bool none)
    {
        using var fetching = Fetch();
        Promise().SetResult(none ? null : []);

        await fetching.RunAsync();

        fetching.State.ShouldBeOfType<Fetched<string[]>.Empty>();
    }

    [Fact]
    public async Task A_failure_is_shown_and_trying_again_mends_it()
    {
        using var fetching = Fetch();
        Promise().SetException(new InvalidOperationException("secret"));
        await fetching.RunAsync();
        var view = View(fetching);

        view.Find("[role=alert]").TextContent.ShouldContain("The journal could not be read");
        view.Markup.ShouldNotContain("secret");
        Promise().SetResult(["mended"]);
        await view.Find("button").ClickAsync();

        fetching.Value.ShouldBe(["mended"]);
    }

    [Fact]
    public async Task What_was_ready_stays_in_sight_while_it_is_read_again()
    {
        using var fetching = Fetch();
        Promise().SetResult(["first"]);
        await fetching.RunAsync();
        var answer = Promise();
        var run = fetching.RunAsync();

        fetching.Value.ShouldBe(["first"]);

        answer.SetResult(["second"]);
        await run;
        fetching.Value.ShouldBe(["second"]);
    }

    [Fact]
    public void While_reading_there_are_rows_and_a_word_for_those_who_do_not_see_them()
    {
        using var fetching = Fetch();
        var view = View(fetching);

        view.FindAll(".skrows > div").Count.ShouldBe(5);
        view.Find("[role=status]").TextContent.ShouldBe("Loading the journal");
    }

    private IRenderedComponent<FetchedView<string[]>> View(Fetching<string[]> fetching) =>
        Render<FetchedView<string[]>>(v => v.Add(f => f.State, fetching.State).Add(f => f.Retry, fetching.RunAsync).Add(f => f.What, "The journal")
            .Add(f => f.Ready, value => (RenderFragment)(b => b.AddContent(0, string.Join(',', value)))).Add(f => f.Empty, "none"));

    private Fetching<string[]> Fetch() => new(
        cancel =>
        {
            _reads.Add(cancel);
            return _answers.Dequeue().Task;
        },
        () => _changes++);

    private TaskCompletionSource<string[]?> Promise()
    {
        var promise = new TaskCompletionSource<string[]?>();
        _answers.Enqueue(promise);
        return promise;
    }
}
