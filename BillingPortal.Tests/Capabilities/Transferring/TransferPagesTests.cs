using System.Security.Claims;
using BillingPortal.Capabilities.Transferring;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.Transferring;

/// <summary>The pages that move value and undo that, over a real store.</summary>
public sealed class TransferPagesTests(TestDatabases databases) : WebTest, IAsyncLifetime
{
    private const string Button = ".confirm button.btn--primary";

    private OrganizationId _acme, _west;
    private TestDatabase _database = default!;
    private Ledger _ledger = default!;
    private BunitAuthorizationContext _person = default!;
    private Caller _reseller = default!, _westAdmin = default!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(DatabaseKind.Sqlite);
        _ledger = new Ledger(_database, Clock);
        var stores = new StoreOf(_database);
        (_acme, _west) = await _ledger.FamilyAsync();
        await _ledger.DoneAsync(_ledger.TopUp(_acme, 100));
        _reseller = await stores.PersonAsync("reseller", null, (_acme.Value, "ADMIN"));
        _westAdmin = await stores.PersonAsync("west", null, (_west.Value, "ADMIN"));
        Services.AddSingleton<IDbContextFactory<BillingStore>>(stores);
        Services.AddSingleton(_ledger.Writer);
        Services.AddScoped<CurrentCaller>();
        Services.AddScoped<DraftKeeper>();
        Services.AddTransferring();
        _person = this.AddAuthorization();
        SignInAs(_reseller);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _ledger.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Both_ledgers_are_shown_before_and_after_the_button_names_the_act_and_the_receipt_has_both_entries()
    {
        var page = Transfer(_acme);
        page.Find("select option[selected]").TextContent.ShouldBe("Acme West");
        page.FindAll(Button).ShouldBeEmpty();
        await TypeAsync(page, "50");
        page.FindAll("section.ledger h3").Select(head => head.TextContent).ShouldBe(["Acme", "Acme West"]);
        page.FindAll("tr.changed").Select(Words).ShouldBe(["Cash 100.00 −50.00 50.00", "Cash 0.00 +50.00 50.00"]);
        page.Find(Button).TextContent.ShouldBe("Move $50.00 cash to Acme West");

        await page.Find(Button).ClickAsync(new());

        Words(page.WaitForElement(".receipt .t")).ShouldBe("Moved $50.00 cash to Acme West");
        Words(page.Find(".receipt .facts")).ShouldContain($"Acme {_acme}/2");
        Words(page.Find(".receipt .facts")).ShouldContain($"Acme West {_west}/1");
        page.FindAll(".receipt a").Select(link => link.GetAttribute("href")).ShouldContain($"/organizations/{_acme}/journal/2/undo-transfer");
        (await _ledger.HeldAsync(_west)).ShouldBe(50);
    }

    [Fact]
    public async Task It_takes_back_from_the_same_page_and_says_how_much_can_be_moved()
    {
        await _ledger.DoneAsync(_ledger.Transfer(_acme, _west, 30));
        var page = Transfer(_acme);
        page.Find("input[value=receive]").Change("receive");
        page.Markup.ShouldContain("Acme West holds $30.00.");
        await TypeAsync(page, "31");
        page.WaitForElement(".err").TextContent.ShouldBe("Amount: Acme West can move $30.00 of cash. Nothing was moved.");
        await TypeAsync(page, "30");
        page.Find(Button).TextContent.ShouldBe("Move $30.00 cash from Acme West");
    }

    [Fact]
    public async Task When_it_went_stale_both_versions_of_both_ledgers_are_shown_and_nothing_is_moved()
    {
        await _ledger.DoneAsync(_ledger.Charge(_west, 12, BillingPortal.Domain.Billing.ChargeMode.Fact));
        var page = Transfer(_acme);
        await TypeAsync(page, "50");
        await _ledger.DoneAsync(_ledger.Charge(_west, 1, BillingPortal.Domain.Billing.ChargeMode.Fact));

        await page.Find(Button).ClickAsync(new());

        Words(page.WaitForElement(".note.n-warn")).ShouldContain("Overdraft of Acme West changed from −$12.00 to −$13.00 while you were looking.");
        page.FindAll(".versus h3").Select(head => head.TextContent).ShouldBe(["Acme", "Acme West", "Acme", "Acme West"]);
        (await _ledger.HeldAsync(_acme)).ShouldBe(100);
    }

    [Fact]
    public async Task An_undo_previews_both_sides_and_its_receipt_has_both()
    {
        var moved = await _ledger.DoneAsync(_ledger.Transfer(_acme, _west, 30));
        var page = Undo(_west, moved.Entries[1].Seq);
        page.FindAll("tr.changed").Select(Words).ShouldBe(["Cash 70.00 +30.00 100.00", "Cash 30.00 −30.00 0.00"]);
        page.Find(Button).TextContent.ShouldBe("Undo: $30.00 back to Acme");

        await page.Find(Button).ClickAsync(new());

        Words(page.WaitForElement(".receipt .t")).ShouldBe("Undid the transfer of $30.00 from Acme to Acme West");
        (await _ledger.HeldAsync(_acme)).ShouldBe(100);
        Words(Undo(_acme, moved.Entries[0].Seq).WaitForElement(".note.n-bad")).ShouldContain("The transfer was undone before.");
    }

    [Fact]
    public async Task A_sub_organizations_own_people_move_nothing_at_its_parent_and_learn_nothing_of_it()
    {
        var moved = await _ledger.DoneAsync(_ledger.Transfer(_acme, _west, 30));
        SignInAs(_westAdmin);
        var page = Render<TransferPage>(p => p.Add(a => a.Number, _west.Value));
        page.WaitForElement(".state h3").TextContent.ShouldBe("Nobody to move value with");
        page.Markup.Replace("Acme West", "", StringComparison.Ordinal).ShouldNotContain("Acme");

        var undo = Render<UndoTransferPage>(p => p.Add(u => u.Number, _west.Value).Add(u => u.Seq, moved.Entries[1].Seq));
        undo.WaitForElement(".state h3").TextContent.ShouldBe("You cannot undo this transfer");
        undo.Markup.ShouldContain("is missing at the other organization");
        Render<TransferPage>(p => p.Add(a => a.Number, _acme.Value)).WaitForElement(".state h3").TextContent.ShouldBe("You cannot transfer this balance");
    }

    private void SignInAs(Caller caller)
    {
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
    }

    private IRenderedComponent<TransferPage> Transfer(OrganizationId organization)
    {
        var page = Render<TransferPage>(p => p.Add(a => a.Number, organization.Value));
        page.WaitForElement(".seg");
        return page;
    }

    private IRenderedComponent<UndoTransferPage> Undo(OrganizationId organization, long seq)
    {
        var page = Render<UndoTransferPage>(p => p.Add(u => u.Number, organization.Value).Add(u => u.Seq, seq));
        page.WaitForElement(".kv");
        page.WaitForAssertion(() => (page.FindAll(Button).Count + page.FindAll(".note.n-bad").Count).ShouldBe(1));
        return page;
    }

    private async Task TypeAsync(IRenderedComponent<TransferPage> page, string amount)
    {
        page.Find("input.money").Input(amount);
        await RestAsync(page);
    }

    private static string Words(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
