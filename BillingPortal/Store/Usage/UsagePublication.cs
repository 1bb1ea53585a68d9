using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Usage;

/// <summary>
/// Publishes a staged import in one transaction: reckons again under the publications' own lock, creates organizations, posts, moves what is
/// delivered and carried, and flips the import's state. All of it or nothing.
/// </summary>
/// <param name="import">The import's number.</param>
/// <param name="actor">Who.</param>
/// <param name="agreement">To what; a program agrees to whatever comes.</param>
/// <param name="replace">True where replacing an earlier delivery was asked for.</param>
/// <param name="clock">The clock.</param>
public sealed class UsagePublication(long import, Actor actor, Agreement agreement, bool replace, TimeProvider clock) : Publication
{
    private UsageReckoning? _reckoning;

    /// <inheritdoc />
    public override async Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection)
    {
        // Deliveries and carries are written by publications alone, so the one row that each of them locks first protects them.
        await ExecuteAsync(connection, "UPDATE usage_publication SET import_id = @id WHERE one = 1", ("id", import));

        // The import's own row is locked before it is read: who cancels it now waits, and then finds it published.
        await ExecuteAsync(connection, "UPDATE usage_import SET beat_at = beat_at WHERE id = @id", ("id", import));
        var state = (UsageImportState?)await LedgerQueries.ScalarAsync(connection, "SELECT state FROM usage_import WHERE id = @id", ("id", import));
        if (state is not UsageImportState.Staged)
        {
            return (null, EndedBefore(state));
        }

        var staged = await KnownUsage.StagedAsync(connection, import);
        _reckoning = new UsageReckoning(import, staged, await KnownUsage.ReadAsync(connection, staged));
        if (Refusal(_reckoning) is { } refused)
        {
            return (null, refused);
        }

        if (_reckoning.ChangesNothing)
        {
            await EndAsync(connection, UsageImportState.Unchanged, _reckoning.Summary);
            return (null, new Outcome<Receipt>.Done(new Receipt([], [], Replayed: false)));
        }

        foreach (var who in _reckoning.Newcomers)
        {
            await AddAsync(connection, who, _reckoning);
        }

        return (new PostUsage(actor, string.Create(CultureInfo.InvariantCulture, $"import:{import}"), import) 
        {
            Usage = await SharesAsync(connection, _reckoning),
        }, null);
    }

    /// <inheritdoc />
    public override async Task CompleteAsync(DbConnection connection, Receipt receipt)
    {
        var reckoning = _reckoning ?? throw new InvalidOperationException("Completed before it was prepared.");
        long IdOf(UsageIdentity who) => reckoning.Known.Organizations[who].Id.Value;
        await MultiRowWrite.InsertAsync(connection, "usage_delivered (organization_id, service, period, amount, last_charge, import_id)",
            reckoning.Charges.Select(c => new object?[]
            {
                IdOf(c.Group.Who), c.Group.Service, c.Group.Period.Number, c.Delivered.ToString(), c.LastCharge.Micros, import,
            }),
            "ON CONFLICT (organization_id, service, period) DO UPDATE SET amount = excluded.amount, last_charge = excluded.last_charge, import_id = excluded.import_id");

        // The last charge of a line decides what it carries; one statement must not meet a row twice.
        await MultiRowWrite.InsertAsync(connection, "usage_carry (organization_id, service, carried)",
            reckoning.Charges.GroupBy(c => (c.Group.Who, c.Group.Service))
                .Select(line => new object?[] { IdOf(line.Key.Who), line.Key.Service, line.Last().CarriedOut.ToString() }),
            "ON CONFLICT (organization_id, service) DO UPDATE SET carried = excluded.carried");
        await MultiRowWrite.InsertAsync(connection, "usage_delivery (organization_id, period, import_id)",
            reckoning.Months.Where(month => !reckoning.Known.Months.Contains(month) || reckoning.Replaced.Contains(month))
                .Select(month => new object?[] { IdOf(month.BillingAccount), month.Period.Number, import }),
            "ON CONFLICT (organization_id, period) DO UPDATE SET import_id = excluded.import_id");
        await EndAsync(connection, UsageImportState.Published, reckoning.Summary);
    }

    private async Task EndAsync(DbConnection connection, UsageImportState state, UsageSummary summary)
    {
        var ended = await ExecuteAsync(connection,
            $"UPDATE usage_import SET state = @state, summary = @summary, ended_at = @now WHERE id = @id AND state = {(int)UsageImportState.Staged}",
            ("state", (int)state), ("summary", summary.ToJson()), ("now", Instant.Now(clock).Micros), ("id", import));
        if (ended != 1)
        {
            throw new InvalidOperationException("The import's row was locked as staged and is not any more.");
        }
    }

    private static Outcome<Receipt> EndedBefore(UsageImportState? state) => state switch
    {
        null => new Outcome<Receipt>.NotFound("There is no such import."),
        UsageImportState.Published or UsageImportState.Unchanged => new Outcome<Receipt>.Done(new Receipt([], [], Replayed: true)),
        UsageImportState.Staging => new Outcome<Receipt>.Refused(new Refusal(RefusalCode.Cancelled, "The file is still being read. Nothing was posted.")),
        _ => new Outcome<Receipt>.Refused(new Refusal(RefusalCode.Cancelled, "This import has ended. Nothing was posted. Import the file again.")),
    };

    private Outcome<Receipt>? Refusal(UsageReckoning reckoning)
    {
        if (reckoning.OtherCurrency is var (who, keeps, billed))
        {
            return new Outcome<Receipt>.Refused(new Refusal(RefusalCode.CurrencyNotSupported,
                $"{reckoning.Known.Organizations[who].Name} ({who.Provider} {who.SubAccountId ?? who.BillingAccountId}) keeps {keeps}, but the file bills it in {billed}. Nothing was posted."));
        }

        if (agreement.Digest is { } agreed && (agreed != reckoning.Digest || Instant.Now(clock) > agreement.ShownAt.Plus(Agreement.Validity)))
        {
            return new Outcome<Receipt>.Stale("What was delivered or carried changed since the preview was shown, or it is older than 15 minutes. Nothing was posted.");
        }

        return reckoning.Replaced is [var first, ..] && !replace
            ? new Outcome<Receipt>.Refused(new Refusal(RefusalCode.WouldReplace,
                $"{first.Period} of {first.BillingAccount.Provider} {first.BillingAccount.BillingAccountId} was delivered before with other figures"
                + (reckoning.Replaced.Length > 1 ? $", and so were {reckoning.Replaced.Length - 1} more months" : "") + ". Nothing was posted."))
            : null;
    }

    private static async Task<ImmutableArray<OrganizationUsage>> SharesAsync(DbConnection connection, UsageReckoning reckoning)
    {
        var again = reckoning.Replaced.ToLookup(month => month.BillingAccount, month => month.Period);
        var charges = reckoning.Charges.ToLookup(charge => charge.Group.Who);

        // Resellers are locked with their tree, so that a month which charges nobody is a command, too.
        var shares = ImmutableArray.CreateBuilder<OrganizationUsage>();
        foreach (var who in reckoning.Charges.Select(charge => charge.Group.Who).Concat(reckoning.Months.Select(month => month.BillingAccount)).Distinct().Order(UsageIdentity.Order))
        {
            var known = reckoning.Known.Organizations[who];
            shares.Add(new OrganizationUsage(known.Id, [.. charges[who]], [.. again[who.BillingAccount]])
            {
                Payer = known.Payer,
                Paid = charges[who].Any(charge => charge.PostedMicros < 0) ? await UsagePayers.ReadAsync(connection, known.Id) : [],
            });
        }

        return shares.ToImmutable();
    }

    private async Task AddAsync(DbConnection connection, UsageIdentity who, UsageReckoning reckoning)
    {
        var (_, name, currency) = reckoning.Describe(who);
        var organization = new Organization
        {
            Name = name,
            ParentId = who.SubAccountId is null ? null : reckoning.Known.Organizations[who.BillingAccount].Id.Value,
            Currency = currency.Code,
            ChargingModel = ChargingModel.Postpaid,
            Provider = who.Provider,
            BillingAccountId = who.BillingAccountId,
            SubAccountId = who.SubAccountId ?? "",
        };
        await OrganizationRegister.AddAsync(connection, organization, Instant.Now(clock));
        reckoning.Known.Organizations[who] = new(new(organization.Id), currency, organization.Name);
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = LedgerQueries.Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }
}
