using BillingPortal.Domain;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Web.Deciding;

namespace BillingPortal.Tests.Web.Deciding;

public sealed class MoneyActTests
{
    private readonly FakeClock _clock = new();
    private readonly List<string> _asked = [];

    [Fact]
    public void A_form_is_previewed_when_it_rests_and_only_the_last_of_it()
    {
        using var live = Live();
        live.Ask("a");
        live.Ask("ab");
        _clock.Advance(LivePreview<string>.Pause);
        _asked.ShouldBe(["ab"]);
        live.Busy.ShouldBeFalse();
    }

    [Fact]
    public void One_wish_keeps_its_key_and_another_gets_another()
    {
        using var live = Live();
        live.Ask("a");
        _clock.Advance(LivePreview<string>.Pause);
        var first = live.Shown!.Key;
        live.Ask("a");
        _clock.Advance(LivePreview<string>.Pause);
        live.Shown.Key.ShouldBe(first);
        live.Ask("b");
        _clock.Advance(LivePreview<string>.Pause);
        live.Shown.Key.ShouldNotBe(first);
    }

    [Fact]
    public async Task What_is_being_submitted_is_not_submitted_again()
    {
        var answer = new TaskCompletionSource<Outcome<Receipt>>();
        var commits = 0;
        using var act = new MoneyAct<string>(Live(), (_, _, _) => { commits++; return answer.Task; }, () => { }, _clock);
        var shown = new ShownPreview<string>("a", "key", new Outcome<Preview>.Unknown(""));
        var first = act.SubmitAsync(shown);
        act.Closed.ShouldBeTrue();
        await act.SubmitAsync(shown);
        answer.SetResult(new Outcome<Receipt>.Refused(new Refusal(RefusalCode.Forbidden, "No.")));
        await first;
        commits.ShouldBe(1);
        act.Kept.ShouldBeOfType<Outcome<Receipt>.Refused>();
    }

    [Fact]
    public async Task A_fault_while_submitting_is_an_unknown_outcome_and_keeps_the_act_closed()
    {
        using var act = new MoneyAct<string>(Live(), (_, _, _) => throw new IOException("gone"), () => { }, _clock);
        await act.SubmitAsync(new ShownPreview<string>("a", "key", new Outcome<Preview>.Unknown("")));
        act.Unknown!.Value.Shown.Key.ShouldBe("key");
        act.Closed.ShouldBeTrue();
    }

    private LivePreview<string> Live() => new((form, _, _) =>
    {
        _asked.Add(form);
        return Task.FromResult<Outcome<Preview>>(new Outcome<Preview>.NotFound("nothing"));
    }, work => work(), () => { }, _clock);
}
