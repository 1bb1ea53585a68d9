using BillingPortal.Capabilities.Vouchers;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Vouchers;

public sealed class VoucherTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_voucher_is_redeemed_once_for_each_organization_and_never_beyond_its_limit(DatabaseKind kind)
    {
        await using var house = await VoucherHouse.OpenAsync(databases, kind);
        var voucher = await house.IssueAsync(form => form with { Limit = "3", Code = "Welcome-2026" });
        voucher.Code.ShouldBe("WELCOME2026");

        // Eight want the three at once; each asks twice.
        var organizations = new List<OrganizationId>();
        for (var i = 0; i < 8; i++)
        {
            organizations.Add(await house.Ledger.OrganizationAsync(name: $"Racer {i}"));
        }

        var outcomes = await Task.WhenAll(organizations.Concat(organizations).Select(id =>
            house.Ledger.RunAsync(new RedeemVoucher(house.Admin.Actor, house.Ledger.NextKey(), id) { Code = voucher.Code })));
        outcomes.Count(outcome => outcome is Outcome<Receipt>.Done).ShouldBe(3);
        outcomes.OfType<Outcome<Receipt>.Refused>().ShouldAllBe(refused => refused.Refusal.Code == RefusalCode.VoucherNotValid);
        await using (var store = house.Stores.CreateDbContext())
        {
            (await store.VoucherRedemptions.OrderBy(use => use.Number).Select(use => use.Number).ToListAsync()).ShouldBe([1, 2, 3]);
            (await store.Accounts.Where(account => account.Kind == (int)AccountKind.Promotional).SumAsync(account => account.Balance)).ShouldBe(75_000_000);
        }

        // What is previewed is what is posted, with who and why; once, and in words of one's own.
        var other = await house.IssueAsync();
        var receipt = (await house.RedeemAsync(Voucher.Grouped(other.Code).ToLowerInvariant())).ShouldBeOfType<Outcome<Receipt>.Done>().Value;
        var entry = receipt.Entries.Single();
        (entry.Kind, entry.Reason, entry.Comment, entry.Actor.Id).ShouldBe((EntryKind.Grant, "voucher_redeemed", "Welcome", "user:admin"));
        entry.Postings.Select(posting => (posting.Account.Kind, posting.Amount)).ShouldBe([(AccountKind.Promotional, 25_000_000), (AccountKind.PromotionsGranted, -25_000_000)], ignoreOrder: true);
        (await house.RedeemAsync(other.Code)).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Message.ShouldBe(RedeemVoucher.Redeemed);

        var list = (await house.Listing.RunAsync(house.Finance, null, default)).ShouldBeOfType<Outcome<VoucherList>.Done>().Value;
        list.Rows.Select(row => (row.Voucher.Code, row.Redeemed, row.IssuedBy)).ShouldBe([(other.Code, 1, "finance"), (voucher.Code, 3, "finance")], ignoreOrder: true);
        list.Rows.Single(row => row.Voucher.Code == other.Code).Redemptions.Single().ShouldBe(new VoucherUse(house.Acme.Value, "Acme Robotics", new Instant(entry.RecordedAt.Micros), entry.Seq));
    }

    [Fact]
    public async Task A_code_that_gives_nothing_here_is_refused_in_the_same_words_whatever_the_reason()
    {
        await using var house = await VoucherHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        var other = await house.Ledger.OrganizationAsync(name: "Other");
        var boss = await house.Stores.PersonAsync("boss", null, (other.Value, Role.Admin.Code));
        var withdrawn = await house.IssueAsync();
        (await house.Issuing.WithdrawAsync(house.Finance, withdrawn.Id, default)).ShouldBeOfType<Outcome<bool>.Done>();
        (await house.Issuing.WithdrawAsync(house.Finance, withdrawn.Id, default)).ShouldBeOfType<Outcome<bool>.Done>();
        var today = house.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var expired = await house.IssueAsync(form => form with { Until = today });
        var used = await house.IssueAsync();
        (await house.RedeemAsync(used.Code, other, boss)).ShouldBeOfType<Outcome<Receipt>.Done>();
        var euros = await house.IssueAsync(form => form with { Currency = "EUR" });
        var others = await house.IssueAsync(form => form with { Organization = other.ToString() });
        var somebodys = await house.IssueAsync(form => form with { Email = "bob@example.com" });
        house.Clock.Advance(TimeSpan.FromDays(1));

        foreach (var code in new[] { withdrawn.Code, expired.Code, used.Code, euros.Code, others.Code, somebodys.Code, "NEVERISSUED1", "short", "", "🤖🤖🤖🤖🤖🤖🤖🤖" })
        {
            (await house.RedeemAsync(code)).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.ShouldBe(new Refusal(RefusalCode.VoucherNotValid, RedeemVoucher.NotRedeemable, "Code"), code);
        }

        (await house.RedeemAsync(others.Code, other, boss)).ShouldBeOfType<Outcome<Receipt>.Done>();
        var mine = await house.IssueAsync(form => form with { Email = "ADA@acme.example", Organization = house.Acme.ToString() });
        (await house.RedeemAsync(mine.Code, other, boss)).ShouldBeOfType<Outcome<Receipt>.Refused>();
        (await house.RedeemAsync(mine.Code)).ShouldBeOfType<Outcome<Receipt>.Done>();
        (await house.RedeemAsync(somebodys.Code, other, house.Admin)).ShouldBeOfType<Outcome<Receipt>.NotFound>();
    }

    [Fact]
    public async Task Issuing_is_for_finance_within_what_it_may_move_alone_and_every_field_is_checked()
    {
        await using var house = await VoucherHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        var support = await house.Stores.PersonAsync("support", "SUPPORT");
        var good = new VoucherForm { Amount = "250", Limit = "99", Note = "Fair" };
        foreach (var caller in new[] { support, house.Admin })
        {
            (await house.Issuing.IssueAsync(caller, good, default)).ShouldBeOfType<Outcome<Voucher>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Forbidden);
            (await house.Issuing.WithdrawAsync(caller, "nothing", default)).ShouldBeOfType<Outcome<bool>.Refused>();
            (await house.Listing.RunAsync(caller, null, default)).ShouldBeOfType<Outcome<VoucherList>.Refused>();
        }

        // 24,750 of 25,000 are issued; 250.01 more is too much until a day has passed.
        (await house.Issuing.IssueAsync(house.Finance, good with { Code = "FAIRFAIR" }, default)).ShouldBeOfType<Outcome<Voucher>.Done>();
        (await house.Issuing.IssueAsync(house.Finance, good with { Code = "fair-fair", Limit = "1", Amount = "1" }, default)).ShouldBeOfType<Outcome<Voucher>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Taken);
        var need = (await house.Issuing.IssueAsync(house.Finance, good with { Limit = "1", Amount = "250.01" }, default)).ShouldBeOfType<Outcome<Voucher>.NeedsApproval>().Need;
        (need.Used.Units, need.Asked.Units).ShouldBe((24_750m, 250.01m));
        (await house.Issuing.IssueAsync(house.Finance, good with { Limit = "1" }, default)).ShouldBeOfType<Outcome<Voucher>.Done>().Value.Code.Length.ShouldBe(16);
        house.Clock.Advance(TimeSpan.FromHours(24));
        (await house.Issuing.IssueAsync(house.Finance, good, default)).ShouldBeOfType<Outcome<Voucher>.Done>();

        foreach (var (form, field) in new (VoucherForm, string)[]
        {
            (good with { Amount = "" }, "Amount"), (good with { Amount = "0" }, "Amount"), (good with { Amount = "-1" }, "Amount"), (good with { Amount = "1.001" }, "Amount"), (good with { Amount = "1e3" }, "Amount"), (good with { Amount = "1.0000001" }, "Amount"),
            (good with { Currency = "XYZ" }, "Currency"), (good with { Limit = "0" }, "Limit"), (good with { Limit = "100001" }, "Limit"), (good with { Until = "soon" }, "Until"), (good with { Until = "2020-01-01" }, "Until"),
            (good with { Email = "no" }, "Email"), (good with { Organization = "acme" }, "Organization"), (good with { Organization = "999999" }, "Organization"), (good with { Code = "SHORT" }, "Code"), (good with { Code = "ÄÖÜÄÖÜÄÖ" }, "Code"),
            (good with { Note = " " }, "Note"), (good with { Note = new string('n', 201) }, "Note"), (good with { Note = "a\u0000b" }, "Note"),
        })
        {
            (await house.Issuing.IssueAsync(house.Finance, form, default)).ShouldBeOfType<Outcome<Voucher>.Invalid>().Errors.Select(error => error.Field).ShouldBe([field]);
        }
    }
}
