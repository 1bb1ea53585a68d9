using BillingPortal.Domain;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using Bunit;
using Shouldly;

namespace BillingPortal.Tests.Web.Forms;

public sealed class OutcomeTextTests : WebTest
{
    private static readonly Outcome<int>.Refused Refused = new(new Refusal(RefusalCode.BelowFloor, "Cash would fall below zero.", "Amount"));

    public static TheoryData<Outcome<int>, string> NotDone => new()
    {
        { new Outcome<int>.Invalid([new("Amount", "too_small", "Amount must be above zero.")]), "Nothing was posted. Amount must be above zero." },
        { new Outcome<int>.Invalid([new("Amount", "a", "x"), new("Reason", "b", "y")]), "Nothing was posted. 2 fields need mending." },
        { new Outcome<int>.Invalid([new("Number", "check", "has the wrong check digits.")]), "Nothing was posted. 1 field needs mending." },
        { new Outcome<int>.NotFound("There is no such organization."), "Nothing was posted. There is no such organization, or you may not see it." },
        { Refused, "Nothing was posted. Cash would fall below zero." },
        { new Outcome<int>.NotFound("Entry 7"), "Nothing was posted. Entry 7 is not there, or you may not see it." },
        { new Outcome<int>.Stale("Cash changed meanwhile."), "It went stale: nothing was posted. Cash changed meanwhile." },
    };

    [Fact]
    public void What_is_done_needs_no_words() => OutcomeText.Of(new Outcome<int>.Done(1)).ShouldBeNull();

    [Theory]
    [MemberData(nameof(NotDone))]
    public void A_failure_says_first_what_did_not_happen(Outcome<int> outcome, string said)
    {
        var text = OutcomeText.Of(outcome).ShouldNotBeNull();

        $"{text.Title} {text.Text}".ShouldBe(said);
    }

    [Fact]
    public void What_needs_approval_says_which_limit_and_how_much_of_it_is_used()
    {
        var text = OutcomeText.Of(new Outcome<int>.NeedsApproval(new(Usd(1000), Usd(275), Usd(2500), "organization"))).ShouldNotBeNull();

        text.Title.ShouldBe("Nothing was posted.");
        text.Text.ShouldContain("$2,500.00 on top of $275.00 moved for this organization in 24 hours passes the limit of $1,000.00");
    }

    [Fact]
    public void An_unknown_outcome_claims_neither_that_it_happened_nor_that_it_did_not()
    {
        var text = OutcomeText.Of(new Outcome<int>.Unknown("The database did not answer.")).ShouldNotBeNull();

        text.Title.ShouldBe("Outcome unknown.");
        text.Text.ShouldContain("happens once");
        (text.Title + text.Text).ShouldNotContain("Nothing was posted");
    }

    [Fact]
    public void Another_command_says_what_it_did_not_do() =>
        OutcomeText.Of(Refused, "Nothing was imported.").ShouldNotBeNull().Title.ShouldBe("Nothing was imported.");

    [Fact]
    public void A_refusal_is_announced_at_once_and_something_stale_politely()
    {
        Render<OutcomeNote>(n => n.Add(o => o.Words, OutcomeText.Of(Refused))).Find(".note").GetAttribute("role").ShouldBe("alert");
        Render<OutcomeNote>(n => n.Add(o => o.Words, new OutcomeText(NoteKind.Warning, "a", "b"))).Find(".note").GetAttribute("role").ShouldBe("status");
        Render<OutcomeNote>(n => n.Add(o => o.Words, null)).Markup.ShouldBeEmpty();
    }

    [Fact]
    public void Errors_are_found_by_field_and_a_refusal_marks_its_own()
    {
        FieldErrors.Of(new Outcome<int>.Invalid([new("Amount", "a", "x")]))["Amount"].ShouldBe("x");
        FieldErrors.Of(Refused)["Amount"].ShouldBe("Cash would fall below zero.");
        FieldErrors.Of(Refused)["Comment"].ShouldBeNull();
        FieldErrors.Of(new Outcome<int>.Done(1)).Any.ShouldBeFalse();
    }

    private static Money Usd(decimal units) => Money.Of(units, Currency.Usd);
}
