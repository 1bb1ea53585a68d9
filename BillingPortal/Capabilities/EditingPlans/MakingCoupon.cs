using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>A coupon as it is typed.</summary>
public sealed record CouponForm
{
    /// <summary>The code.</summary>
    public string Code { get; init; } = "";

    /// <summary>"10 %" or "USD 5.00, EUR 5.00".</summary>
    public string Off { get; init; } = "";

    /// <summary>For how long.</summary>
    public CouponDuration Duration { get; init; } = CouponDuration.Once;

    /// <summary>In how many periods, where it repeats.</summary>
    public string Periods { get; init; } = "3";

    /// <summary>The last day on which it can be redeemed, as 2026-12-31; empty for never.</summary>
    public string Until { get; init; } = "";

    /// <summary>How often; empty without a limit.</summary>
    public string Limit { get; init; } = "";

    /// <summary>The codes of the plans it is for, separated by commas; empty for all.</summary>
    public string Plans { get; init; } = "";

    /// <summary>The coupon that it means, or what is wrong.</summary>
    public Outcome<Coupon> Read(PlanCatalogue catalogue, Instant now)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var code = Coupon.Normalise(Code);
        var plans = Plans.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToImmutableArray();
        Check(code.Length is 0 or > 40 || code.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')), nameof(Code), "must be 1 to 40 letters, digits, hyphens or underscores.");
        var percent = Off.Trim().EndsWith('%');
        var share = 0m;
        Check(percent && (!decimal.TryParse(Off.Trim()[..^1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share) || share is <= 0 or > 100 || share * 100 % 1 != 0),
            nameof(Off), "must be above 0 and at most 100 %, with two decimals at most.");
        var amounts = percent ? ImmutableSortedDictionary<string, long>.Empty : PlanForm.Money(nameof(Off), Off, errors);
        Check(!percent && (amounts.IsEmpty || amounts.Values.Any(amount => amount == 0)) && errors.All(error => error.Field != nameof(Off)), nameof(Off), "must be a share, as in 10 %, or an amount by currency, as in USD 5.00.");
        var periods = Number(nameof(Periods), Duration == CouponDuration.Repeating ? Periods : "", 120);
        Check(Duration == CouponDuration.Repeating && periods is null && errors.All(error => error.Field != nameof(Periods)), nameof(Periods), "must be said.");
        var limit = Number(nameof(Limit), Limit, 1_000_000);
        DateOnly day = default;
        Check(Until.Trim().Length > 0 && !DateOnly.TryParseExact(Until.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day), nameof(Until), "must be a day, as in 2026-12-31.");
        Instant? ends = day == default ? null : Instant.From(new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        Check(ends <= now, nameof(Until), "lies in the past.");
        Check(plans.Any(plan => catalogue.InForce(plan, now) is null), nameof(Plans), $"names an unknown plan; there are {string.Join(", ", catalogue.SoldAt(now).Select(version => version.Code))}.");
        return errors.Count > 0 ? new Outcome<Coupon>.Invalid(errors.ToImmutable())
            : new Outcome<Coupon>.Done(new Coupon(code, new CouponTerms((int)(share * 100), amounts, Duration, periods, plans), ends, limit));

        int? Number(string field, string text, int most)
        {
            var good = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most;
            Check(text.Trim().Length > 0 && !good, field, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {most:#,0}."));
            return good ? number : null;
        }

        void Check(bool wrong, string field, string message)
        {
            if (wrong)
            {
                errors.Add(new FieldError(field, "not_accepted", message));
            }
        }
    }
}

/// <summary>Makes a coupon. Its terms never change afterwards; who redeemed it keeps them in any case.</summary>
public sealed class MakingCoupon(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManagePlans;

    /// <summary>Makes it.</summary>
    public async Task<Outcome<Coupon>> RunAsync(Caller caller, CouponForm form, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (await EditingPlan.RefusalAsync(store, caller, cancel) is { } refusal)
        {
            return new Outcome<Coupon>.Refused(refusal);
        }

        var now = Instant.Now(clock);
        return await form.Read(await PlanReading.CatalogueAsync(store, cancel), now).ThenAsync<Coupon>(async coupon =>
            await store.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO coupon (code, terms, expires_at, redemption_limit, created_at, created_by)
                VALUES ({coupon.Code}, {PlanJson.Write(coupon.Terms)}, {coupon.ExpiresAt?.Micros}, {coupon.Limit}, {now.Micros}, {caller.Actor.Id}) ON CONFLICT (code) DO NOTHING
                """, cancel) == 1
                ? new Outcome<Coupon>.Done(coupon)
                : new Outcome<Coupon>.Refused(new Refusal(RefusalCode.Taken, $"There is a coupon {coupon.Code} already.", nameof(CouponForm.Code))));
    }
}
