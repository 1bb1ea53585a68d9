using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.CreatingOrganizations;

/// <summary>
/// Creates an organization by hand, with its empty ledger, on the free plan. The UUID is the form's: submitting a form again answers
/// what the first submit made.
/// </summary>
public sealed class CreateOrganization(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.CreateOrganizations;

    /// <summary>Creates it and gives its number. A slug that is taken is refused; one made from the name gets a suffix.</summary>
    public async Task<Outcome<OrganizationId>> RunAsync(Caller caller, NewOrganizationForm form, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return new Outcome<OrganizationId>.Refused(Access.Missing(Permission));
        }

        var errors = NewOrganizationFormRules.Instance.Errors(form);
        if (errors.Length > 0)
        {
            return new Outcome<OrganizationId>.Invalid(errors);
        }

        if (await ReachParentAsync(store, access, form, cancel) is { } kept)
        {
            return kept;
        }

        var entering = new Entering(form, Instant.Now(clock));
        var outcome = await writer.PublishAsync(entering, Agreement.OfProgram, cancel);
        return outcome.Then<OrganizationId>(_ => new Outcome<OrganizationId>.Done(new OrganizationId(entering.Number)));
    }

    /// <summary>What keeps the caller from creating it there, or null.</summary>
    private static async Task<Outcome<OrganizationId>?> ReachParentAsync(BillingStore store, Access access, NewOrganizationForm form, CancellationToken cancel)
    {
        if (form.ParentNumber is not { } number)
        {
            return access.MayOnPlatform(Permission) ? null : new Outcome<OrganizationId>.Refused(Access.Missing(Permission) with { Field = nameof(form.Parent) });
        }

        var parent = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == number, cancel);
        return access.Reach(parent, Permission) switch
        {
            Outcome<Organization>.Done => null,
            Outcome<Organization>.NotFound => new Outcome<OrganizationId>.Invalid([new FieldError(nameof(form.Parent), "not_found", $"There is no organization {number}.")]),
            var kept => kept.Then<OrganizationId>(_ => throw new InvalidOperationException("It was reached.")),
        };
    }

    private sealed class Entering(NewOrganizationForm form, Instant now) : Publication
    {
        public long Number { get; private set; }

        public override async Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection)
        {
            if (await FindAsync(connection, form.Uuid) is { } made)
            {
                Number = made;
                return (null, new Outcome<Receipt>.Done(new Receipt([], [], Replayed: true)));
            }

            if (form.Slug.Length > 0 && await OrganizationRegister.IsTakenAsync(connection, form.Slug))
            {
                return (null, new Outcome<Receipt>.Refused(new Refusal(RefusalCode.Taken, "Another organization has this slug. Choose another.", nameof(form.Slug))));
            }

            var organization = new Organization
            {
                Uuid = form.Uuid,
                Name = form.Name.Trim(),
                Slug = form.Slug,
                ParentId = form.ParentNumber,
                Currency = form.Currency,
                ChargingModel = form.Model,
                TimeZone = form.TimeZone,
            };
            await OrganizationRegister.AddAsync(connection, organization, now);
            Number = organization.Id;
            return (null, new Outcome<Receipt>.Done(new Receipt([], [], Replayed: false)));
        }

        public override Task CompleteAsync(DbConnection connection, Receipt receipt) => Task.CompletedTask;

        private static async Task<long?> FindAsync(DbConnection connection, Guid uuid) =>
            await LedgerQueries.ScalarAsync(connection, "SELECT id FROM organization WHERE uuid = @uuid", ("uuid", uuid));
    }
}
