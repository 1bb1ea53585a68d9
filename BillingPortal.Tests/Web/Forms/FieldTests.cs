using BillingPortal.Web.Forms;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Shouldly;

namespace BillingPortal.Tests.Web.Forms;

public sealed class FieldTests : WebTest
{
    private static readonly RenderFragment<FieldContext> Input = field => builder =>
    {
        builder.OpenElement(0, "input");
        builder.AddMultipleAttributes(1, field.Attributes!);
        builder.CloseElement();
    };

    [Fact]
    public void A_label_its_control_and_its_help_belong_together()
    {
        var field = Render<Field>(f => f.Add(x => x.Label, "Comment").Add(x => x.Help, "Kept for ever.").Add(x => x.ChildContent, Input));

        var input = field.Find("input");
        field.Find("label").GetAttribute("for").ShouldBe(input.Id);
        field.Find("#" + input.GetAttribute("aria-describedby")).TextContent.Trim().ShouldBe("Kept for ever.");
        input.HasAttribute("aria-invalid").ShouldBeFalse();
    }

    [Fact]
    public void An_error_marks_the_control_and_leaves_the_help()
    {
        var field = Render<Field>(f => f.Add(x => x.Label, "Comment").Add(x => x.Help, "Kept for ever.").Add(x => x.Error, "Say why.").Add(x => x.ChildContent, Input));

        field.Find("input").GetAttribute("aria-invalid").ShouldBe("true");
        field.Find(".field").HasAttribute("data-invalid").ShouldBeTrue();
        field.Find(".err").TextContent.ShouldContain("Comment: Say why.");
        field.Find(".help").TextContent.ShouldBe("Kept for ever.");
    }

    [Fact]
    public void The_control_keeps_its_id_when_an_error_comes()
    {
        var field = Render<Field>(f => f.Add(x => x.Label, "Comment").Add(x => x.ChildContent, Input));
        var before = field.Find("input").Id;

        field.Render(f => f.Add(x => x.Error, "Say why."));

        field.Find("input").Id.ShouldBe(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_form_cannot_be_filled_before_the_circuit_is_up(bool up)
    {
        CircuitIsUp = up;

        Form(() => Task.CompletedTask).Find("fieldset").HasAttribute("disabled").ShouldBe(!up);
    }

    [Fact]
    public async Task A_second_submit_while_the_first_runs_is_not_sent()
    {
        var sent = 0;
        var running = new TaskCompletionSource();
        var form = Form(() =>
        {
            sent++;
            return running.Task;
        });

        var first = form.Find("form").SubmitAsync();
        await form.Find("form").SubmitAsync();
        running.SetResult();
        await first;

        sent.ShouldBe(1);
    }

    [Fact]
    public async Task A_draft_is_kept_found_and_forgotten_in_the_browser()
    {
        JSInterop.Setup<string?>("portal.findDraft", "adjust/10482").SetResult("250,00");
        var drafts = new DraftKeeper(JSInterop.JSRuntime);

        await drafts.KeepAsync("adjust/10482", "250,00");
        (await drafts.FindAsync<string>("adjust/10482")).ShouldBe("250,00");
        await drafts.ForgetAsync("adjust/10482");

        JSInterop.Invocations.Select(call => call.Identifier).ShouldBe(["portal.keepDraft", "portal.findDraft", "portal.forgetDraft"]);
    }

    [Fact]
    public async Task A_lost_circuit_loses_a_draft_and_not_the_page()
    {
        JSInterop.Setup<string?>("portal.findDraft", "x").SetException(new JSDisconnectedException("gone"));

        (await new DraftKeeper(JSInterop.JSRuntime).FindAsync<string>("x")).ShouldBeNull();
    }

    private IRenderedComponent<ActForm> Form(Func<Task> submit) => Render<ActForm>(f => f.Add(x => x.OnSubmit, submit).AddChildContent("<button>Add</button>"));
}
