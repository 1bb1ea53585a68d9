using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using Npgsql;

namespace BillingPortal.Store.Writing;

/// <summary>How vouchers are read for decisions and their redemptions written.</summary>
internal static class VoucherQueries
{
    /// <summary>What a decision about a voucher must see. With <paramref name="hold"/>, nobody else redeems it before this transaction ends; on SQLite the transaction itself sees to that.</summary>
    public static async Task<VoucherFacts> FactsAsync(DbConnection connection, VoucherNeeded needed, bool hold)
    {
        var row = new VoucherRow();
        await using (var command = LedgerQueries.Command(connection,
            "SELECT id, code, amount, currency, expires_at, redemption_limit, email, organization_id, note, withdrawn_at FROM voucher WHERE code = @c" + (hold && connection is NpgsqlConnection ? " FOR UPDATE" : ""),
            ("c", needed.Code)))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            if (!await rows.ReadAsync())
            {
                return new VoucherFacts(null, 0, RedeemedBefore: false);
            }

            row.Id = rows.GetString(0);
            row.Code = rows.GetString(1);
            (row.Amount, row.Currency, row.RedemptionLimit, row.Note) = (rows.GetInt64(2), rows.GetString(3), rows.GetInt32(5), rows.GetString(8));
            row.ExpiresAt = rows.IsDBNull(4) ? null : rows.GetInt64(4);
            row.Email = rows.IsDBNull(6) ? null : rows.GetString(6);
            row.OrganizationId = rows.IsDBNull(7) ? null : rows.GetInt64(7);
            row.WithdrawnAt = rows.IsDBNull(9) ? null : rows.GetInt64(9);
        }

        return new VoucherFacts(
            Of(row),
            (int)(await LedgerQueries.ScalarAsync(connection, "SELECT COUNT(*) FROM voucher_redemption WHERE voucher_id = @v", ("v", row.Id)) ?? 0),
            await LedgerQueries.ScalarAsync(connection, "SELECT COUNT(*) FROM voucher_redemption WHERE voucher_id = @v AND organization_id = @o", ("v", row.Id), ("o", needed.Organization.Value)) > 0);
    }

    /// <summary>The voucher of a row.</summary>
    public static Voucher Of(VoucherRow row) => new(row.Id, row.Code, new Money(row.Amount, Currency.Of(row.Currency)), row.RedemptionLimit)
    {
        ExpiresAt = row.ExpiresAt is { } end ? new Instant(end) : null,
        Email = row.Email,
        Organization = row.OrganizationId is { } only ? new OrganizationId(only) : null,
        Withdrawn = row.WithdrawnAt is not null,
        Note = row.Note,
    };

    /// <summary>A redemption: its number and its organization are each there once.</summary>
    public static Statement Of(Effect.RedeemVoucher redeem, LedgerState after, Actor actor, Instant now) => new(
        "INSERT INTO voucher_redemption (voucher_id, number, organization_id, at, actor, seq) VALUES ($1, $2, $3, $4, $5, $6)",
        redeem.Voucher, redeem.Number, redeem.Organization.Value, now.Micros, actor.Id, after.Seq);
}
