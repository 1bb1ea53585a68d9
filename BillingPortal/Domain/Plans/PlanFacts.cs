using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>Which facts about plans a command must see.</summary>
/// <param name="Organization">Whose subscription.</param>
/// <param name="Payer">Who pays for it.</param>
public sealed record PlansNeeded(OrganizationId Organization, OrganizationId Payer)
{
    /// <summary>A coupon that is named.</summary>
    public string? Coupon { get; init; }

    /// <summary>A fee of the payer's by its number; null for the organization's open one.</summary>
    public long? Fee { get; init; }
}

/// <summary>What a command about plans sees under the organization's lock, beyond the ledgers.</summary>
public sealed record PlanFacts
{
    /// <summary>Every version of every plan.</summary>
    public required PlanCatalogue Catalogue { get; init; }

    /// <summary>The subscription as stored; null where none was stored yet.</summary>
    public Subscription? Subscription { get; init; }

    /// <summary>The plan's code that the organization carries.</summary>
    public required string PlanCode { get; init; }

    /// <summary>The fee asked for, or the one that is open; null for none.</summary>
    public PlanFee? Fee { get; init; }

    /// <summary>How many fees the payer had.</summary>
    public long Fees { get; init; }

    /// <summary>The coupon that was named; null where there is none.</summary>
    public Coupon? Coupon { get; init; }

    /// <summary>How often it is redeemed.</summary>
    public int Redemptions { get; init; }

    /// <summary>The number that its next redemption gets; two who took the same cannot both be written.</summary>
    public int NextRedemption { get; init; }

    /// <summary>True where the organization redeemed it before.</summary>
    public bool RedeemedBefore { get; init; }

    /// <summary>Who bills whoever pays, and how; null where nobody can be billed.</summary>
    public InvoicingProfile? Profile { get; init; }

    /// <summary>The ordinal of the payer's next invoice.</summary>
    public int NextOrdinal { get; init; }

    /// <summary>How whoever pays is taxed on that day.</summary>
    public TaxTreatment TaxOn(DateOnly day) => Profile is { } profile ? Taxation.Of(profile.Tax, country => VatRates.StandardOf(country, day)) : Taxation.Undetermined;

    /// <summary>What a transition looks at.</summary>
    public PlanView ViewOf(LedgerState organization, LedgerState payer, Instant now, bool byFinance)
    {
        var today = PlanCalendar.Today(now, organization.Zone);
        var subscription = SubscriptionOn(today, now);
        return new PlanView
        {
            Subscription = subscription,
            CreditsUsed = UsedOf(subscription.Granted, payer),
            Catalogue = Catalogue,
            Currency = organization.Currency,
            Now = now,
            Today = today,
            HasCard = payer.Rule.Card is { Inactive: false },
            Postpaid = payer.ChargingModel == ChargingModel.Postpaid,
            ByFinance = byFinance,
            Tax = TaxOn(today),
            Coupon = Coupon,
            Redemptions = Redemptions,
            RedeemedBefore = RedeemedBefore,
        };
    }

    /// <summary>What another ledger was granted stays there and counts as used.</summary>
    private static long UsedOf(GrantedCredits? granted, LedgerState payer) =>
        granted is null ? 0 : granted.Monthly - (granted.Payer == payer.Organization ? Math.Max(0, payer.BalanceOf(AccountKey.Of(AccountKind.Monthly, granted.Lot))) : 0);

    /// <summary>The subscription, whether stored or as the organization's plan implies it.</summary>
    public Subscription SubscriptionOn(DateOnly today, Instant now)
    {
        var free = Catalogue.InForce(PlanCatalogue.Free, now) ?? throw new InvalidOperationException("The catalogue has no free plan.");
        return Subscription?.On(today) ?? (PlanCode == free.Code || Catalogue.InForce(PlanCode, now) is not { } plan ? Subscription.None(free) : Subscription.CarriedOver(plan, today));
    }
}
