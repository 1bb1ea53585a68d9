using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Usage;

/// <summary>
/// What publishing a staged import comes to, reckoned from what is delivered and carried now. The preview and the publication reckon
/// alike; the publication does it under its lock.
/// </summary>
public sealed class UsageReckoning
{
    /// <summary>The first group about each organization, which names it.</summary>
    private readonly Dictionary<UsageIdentity, StagedGroup> _first = [];

    internal UsageReckoning(long import, IReadOnlyList<StagedGroup> staged, KnownUsage known)
    {
        (Import, Staged, Known) = (import, staged, known);
        foreach (var group in staged)
        {
            _first.TryAdd(group.Group.Who, group);
            _first.TryAdd(group.Group.Who.BillingAccount, group with { Name = group.BillingAccountName });
        }

        Charges = UsageCharging.Charge(staged.ToDictionary(s => s.Group, s => s.Sum), known.Delivered, known.Carries);
        Newcomers =
        [
            .. staged.Select(s => s.Group.Who).Concat(staged.Select(s => s.Group.Who.BillingAccount)).Distinct()
                .Where(who => !known.Organizations.ContainsKey(who)).Order(UsageIdentity.Order),
        ];
        Months = [.. staged.Select(s => UsageDelivery.Of(s.Group)).Distinct()];
        Replaced = [.. Charges.Select(charge => UsageDelivery.Of(charge.Group)).Distinct().Where(known.Months.Contains)];
    }

    /// <summary>The import's number.</summary>
    public long Import { get; }

    /// <summary>What changes, in the order in which it is posted.</summary>
    public ImmutableArray<UsageCharge> Charges { get; }

    /// <summary>Organizations that do not exist yet, billing accounts before what is under them.</summary>
    public ImmutableArray<UsageIdentity> Newcomers { get; }

    /// <summary>The months that the file delivers.</summary>
    public ImmutableArray<UsageDelivery> Months { get; }

    /// <summary>The months among them that were delivered before and change now.</summary>
    public ImmutableArray<UsageDelivery> Replaced { get; }

    /// <summary>True where the file equals what was delivered before, in whatever order its rows stand.</summary>
    public bool ChangesNothing => Charges.IsEmpty && Newcomers.IsEmpty && Months.All(Known.Months.Contains);

    /// <summary>An organization that the file bills in another currency than it keeps, with both; null where there is none.</summary>
    public (UsageIdentity Who, Currency Keeps, Currency Billed)? OtherCurrency => Staged
        .Where(s => Known.Organizations.TryGetValue(s.Group.Who, out var known) && known.Currency != s.Currency)
        .Select(s => ((UsageIdentity, Currency, Currency)?)(s.Group.Who, Known.Organizations[s.Group.Who].Currency, s.Currency))
        .FirstOrDefault();

    /// <summary>Binds a publication to what was shown: every charge, carry and new organization.</summary>
    public Digest Digest
    {
        get
        {
            var form = new CanonicalForm().Add("usage-import/1").Add(Import);
            foreach (var who in Newcomers)
            {
                Add(form, who);
            }

            foreach (var charge in Charges)
            {
                Add(form, charge.Group.Who).Add(charge.Group.Service).Add(charge.Group.Period.Number)
                    .Add(charge.Before.ToString()).Add(charge.Delivered.ToString()).Add(charge.PostedMicros).Add(charge.CarriedOut.ToString());
            }

            return new Digest(form.Hash());
        }
    }

    /// <summary>What it comes to in figures.</summary>
    public UsageSummary Summary => new()
    {
        Resellers = Staged.Select(s => s.Group.Who.BillingAccount).Distinct().Count(),
        SubOrganizations = Staged.Select(s => s.Group.Who).Where(who => who.SubAccountId is not null).Distinct().Count(),
        NewOrganizations = Newcomers.Length,
        Entries = Charges.Count(charge => charge.PostedMicros != 0),
        OrganizationsCharged = Charges.Where(charge => charge.PostedMicros != 0).Select(charge => charge.Group.Who).Distinct().Count(),
        Sums = [.. Staged.GroupBy(s => s.Currency.Code).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Sum)],
        Replaced = [.. Replaced.Select(month => $"{month.BillingAccount.Provider} {month.BillingAccount.BillingAccountId} {month.Period}")],
    };

    /// <summary>An organization's number (null where the import creates it), name and currency.</summary>
    public (OrganizationId? Number, string Name, Currency Currency) Describe(UsageIdentity who)
    {
        if (Known.Organizations.TryGetValue(who, out var known))
        {
            return (known.Id, known.Name, known.Currency);
        }

        var staged = _first[who];
        return (null, staged.Name, staged.Currency);
    }

    internal IReadOnlyList<StagedGroup> Staged { get; }

    internal KnownUsage Known { get; }

    private UsageSums Sum(IGrouping<string, StagedGroup> staged)
    {
        var organizations = staged.Select(s => s.Group.Who).ToHashSet();
        var posted = Charges.Where(charge => CurrencyOf(charge.Group.Who) == staged.Key).Sum(charge => charge.PostedMicros);
        var after = new Dictionary<UsageLine, ExactAmount>(Known.Carries);
        foreach (var charge in Charges)
        {
            after[new(charge.Group.Who, charge.Group.Service)] = charge.CarriedOut;
        }

        var lines = staged.Select(s => new UsageLine(s.Group.Who, s.Group.Service))
            .Concat(Charges.Where(charge => CurrencyOf(charge.Group.Who) == staged.Key).Select(charge => new UsageLine(charge.Group.Who, charge.Group.Service)));
        var carried = lines.Distinct().Aggregate(ExactAmount.Zero, (sum, line) => sum + after.GetValueOrDefault(line));
        return new(staged.Key, ExactAmount.FromMicros(posted).ToString(), carried.ToString());
    }

    /// <summary>An organization's currency; one that is not in the file any more keeps the one it has.</summary>
    private string CurrencyOf(UsageIdentity who) =>
        Known.Organizations.TryGetValue(who, out var known) ? known.Currency.Code : _first[who].Currency.Code;

    private static CanonicalForm Add(CanonicalForm form, UsageIdentity who) => form.Add(who.Provider).Add(who.BillingAccountId).Add(who.SubAccountId ?? "");
}
