using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>Drafts a plan's next version and publishes it on a date. Whoever has an older version keeps it; published versions never change.</summary>
public sealed class EditingPlan(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManagePlans;

    /// <summary>Saves the draft. Stale where somebody saved it meanwhile; <paramref name="shown"/> is the draft's version that was shown, 0 for none.</summary>
    public async Task<Outcome<CatalogueDraft>> SaveAsync(Caller caller, string code, PlanForm form, long shown, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (await RefusalAsync(store, caller, cancel) is { } refusal)
        {
            return new Outcome<CatalogueDraft>.Refused(refusal);
        }

        var now = Instant.Now(clock);
        if ((await PlanReading.CatalogueAsync(store, cancel)).Versions.LastOrDefault(version => version.Code == code) is not { } newest)
        {
            return new Outcome<CatalogueDraft>.NotFound("The plan");
        }

        return await form.Over(newest.Terms).ThenAsync<CatalogueDraft>(async terms =>
        {
            var body = PlanJson.Write(terms);
            var written = shown == 0
                ? await store.Database.ExecuteSqlAsync($"INSERT INTO catalogue_draft (code, version, terms, updated_at, updated_by) VALUES ({code}, 1, {body}, {now.Micros}, {caller.Actor.Id}) ON CONFLICT (code) DO NOTHING", cancel)
                : await store.Database.ExecuteSqlAsync($"UPDATE catalogue_draft SET version = {shown + 1}, terms = {body}, updated_at = {now.Micros}, updated_by = {caller.Actor.Id} WHERE code = {code} AND version = {shown}", cancel);
            return written == 1
                ? new Outcome<CatalogueDraft>.Done(new CatalogueDraft(code, shown + 1, terms, now))
                : new Outcome<CatalogueDraft>.Stale("Somebody saved the draft meanwhile.");
        });
    }

    /// <summary>Throws the draft away.</summary>
    public async Task<Outcome<bool>> DropAsync(Caller caller, string code, long shown, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await RefusalAsync(store, caller, cancel) is { } refusal ? new Outcome<bool>.Refused(refusal)
            : await store.Database.ExecuteSqlAsync($"DELETE FROM catalogue_draft WHERE code = {code} AND version = {shown}", cancel) == 1 ? new Outcome<bool>.Done(true)
            : new Outcome<bool>.Stale("Somebody saved the draft meanwhile, or dropped it.");
    }

    /// <summary>Publishes the draft as it was shown, for subscriptions from <paramref name="from"/> on: today or later, at midnight UTC.</summary>
    public async Task<Outcome<PlanVersion>> PublishAsync(Caller caller, string code, long shown, DateOnly? from, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (await RefusalAsync(store, caller, cancel) is { } refusal)
        {
            return new Outcome<PlanVersion>.Refused(refusal);
        }

        var now = Instant.Now(clock);
        var today = DateOnly.FromDateTime(now.ToUtc().Date);
        if (from is not { } day || day < today || day > today.AddYears(2))
        {
            return new Outcome<PlanVersion>.Invalid([new FieldError("From", "out_of_range", "must be today or a later day, within two years.")]);
        }

        await using var transaction = await store.Database.BeginTransactionAsync(cancel);

        // The draft's row is taken first: of two who publish it, one finds it.
        var terms = await store.CatalogueDrafts.Where(draft => draft.Code == code && draft.Version == shown).Select(draft => draft.Terms).FirstOrDefaultAsync(cancel);
        if (terms is null || await store.Database.ExecuteSqlAsync($"DELETE FROM catalogue_draft WHERE code = {code} AND version = {shown}", cancel) != 1)
        {
            return new Outcome<PlanVersion>.Stale("The draft is no longer as it was shown. Nothing was published.");
        }

        var newest = (await PlanReading.CatalogueAsync(store, cancel)).Versions.Where(version => version.Code == code).MaxBy(version => version.Number)!;
        var starts = day == today ? now : Instant.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        if (starts < newest.From)
        {
            return new Outcome<PlanVersion>.Invalid([new FieldError("From", "too_early", string.Create(CultureInfo.InvariantCulture, $"Version {newest.Number} begins on {newest.From.ToUtc():d MMMM yyyy}; the next one cannot begin before it."))]);
        }

        await store.Database.ExecuteSqlAsync(
            $"INSERT INTO plan_version (code, number, valid_from, terms, published_at, published_by) VALUES ({code}, {newest.Number + 1}, {starts.Micros}, {terms}, {now.Micros}, {caller.Actor.Id})", cancel);
        await transaction.CommitAsync(cancel);
        return new Outcome<PlanVersion>.Done(new PlanVersion(code, newest.Number + 1, starts, PlanJson.Read<PlanTerms>(terms)));
    }

    internal static async Task<Refusal?> RefusalAsync(BillingStore store, Caller caller, CancellationToken cancel) =>
        (await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission) ? null : Access.Missing(Permission);
}
