using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Writing;
using Npgsql;

namespace BillingPortal.Store;

/// <summary>Where vouchers are entered, within a transaction of <see cref="OrganizationWriter"/>.</summary>
public static class VoucherRegister
{
    /// <summary>What the same person issued in that currency in the last 24 hours, all redemptions counted, in millionths; and whether the code is taken. One issues at a time.</summary>
    public static async Task<(long Used, bool Taken)> LookAsync(OrganizationEdits edits, Voucher voucher, Actor actor)
    {
        if (edits.Connection is NpgsqlConnection)
        {
            await using var hold = LedgerQueries.Command(edits.Connection, "LOCK TABLE voucher IN SHARE ROW EXCLUSIVE MODE");
            await hold.ExecuteNonQueryAsync();
        }

        return (
            await LedgerQueries.ScalarAsync(edits.Connection, "SELECT CAST(COALESCE(SUM(amount * redemption_limit), 0) AS bigint) FROM voucher WHERE issued_by = @a AND issued_at > @s AND currency = @c",
                ("a", actor.Id), ("s", edits.Now.Plus(-ApprovalLimit.Window).Micros), ("c", voucher.Amount.Currency.Code)) ?? 0,
            await LedgerQueries.ScalarAsync(edits.Connection, "SELECT COUNT(*) FROM voucher WHERE code = @c", ("c", voucher.Code)) > 0);
    }

    /// <summary>Enters it. No two were issued at one moment, so that a list can go on behind one.</summary>
    public static async Task AddAsync(OrganizationEdits edits, Voucher voucher, Actor actor)
    {
        var last = await LedgerQueries.ScalarAsync(edits.Connection, "SELECT MAX(issued_at) FROM voucher") ?? 0;
        await edits.WriteAsync(
        """
        INSERT INTO voucher (id, code, amount, currency, expires_at, redemption_limit, email, organization_id, note, issued_at, issued_by)
        VALUES (@id, @code, @amount, @currency, @expires, @limit, @email, @organization, @note, @at, @by)
        """,
        ("id", voucher.Id), ("code", voucher.Code), ("amount", voucher.Amount.Micros), ("currency", voucher.Amount.Currency.Code), ("expires", OrNull(voucher.ExpiresAt?.Micros)),
        ("limit", voucher.Limit), ("email", OrNull(voucher.Email)), ("organization", OrNull(voucher.Organization?.Value)), ("note", voucher.Note), ("at", Math.Max(edits.Now.Micros, last + 1)), ("by", actor.Id));
    }

    private static object OrNull(object? value) => value ?? DBNull.Value;
}
