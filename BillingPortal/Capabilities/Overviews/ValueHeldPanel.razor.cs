using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Web.Amounts;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>What an organization holds, bucket by bucket in the order of draw-down.</summary>
public sealed partial class ValueHeldPanel : ComponentBase
{
    private static readonly ImmutableArray<AccountKind> BalanceKinds = [AccountKind.Cash, AccountKind.Bonus, AccountKind.Overdraft];

    private static readonly ImmutableArray<(AccountKind Kind, BucketHue Hue)> Rows =
    [
        (AccountKind.Monthly, BucketHue.Monthly), (AccountKind.Promotional, BucketHue.Promotional), (AccountKind.Cash, BucketHue.Cash),
        (AccountKind.Bonus, BucketHue.Bonus), (AccountKind.Overdraft, BucketHue.Overdraft),
    ];

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public OrganizationOverview Seen { get; set; } = default!;

    private List<BucketShare> Shares => [.. Rows.Select(row => new BucketShare(row.Hue, ChartOfAccounts.NameOf(row.Kind), Seen.BalanceOf(row.Kind)))];

    private string NoteOf(AccountKind kind) => kind switch
    {
        AccountKind.Monthly or AccountKind.Promotional => Lapse(kind),
        AccountKind.Cash => Refundable is { IsZero: false } refundable ? $"{refundable.ToString(CultureInfo.CurrentCulture)} refundable" : "refundable",
        AccountKind.Bonus => "not refundable",
        _ => (Seen.BalanceOf(kind).Micros < 0, Seen.Organization.AllowOverdraft) switch
        {
            (true, false) => "unfunded",
            (true, true) => "allowed",
            (false, true) => "none, allowed",
            _ => "none",
        },
    };

    private Money Refundable
    {
        get
        {
            var (cash, bonus) = (Seen.BalanceOf(AccountKind.Cash), Seen.BalanceOf(AccountKind.Bonus));
            return new Money(Math.Max(0, Math.Min(cash.Micros, cash.Micros + bonus.Micros)), Seen.Organization.Money);
        }
    }

    private string Lapse(AccountKind kind)
    {
        var lots = Seen.Accounts.Where(account => account.Key.Kind == kind && account.Balance != 0 && account.ExpiresAt is not null).OrderBy(account => account.ExpiresAt!.Value.Micros).ToList();
        return lots.Count == 0
            ? ""
            : $"{(lots.Count > 1 ? "the first lapse" : "lapse")} {TimeText.Write(lots[0].ExpiresAt!.Value.Plus(TimeSpan.FromMicroseconds(-1)), Seen.Organization.Zone, TimeForm.Date)}";
    }
}
