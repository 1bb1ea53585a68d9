using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

// Made by VoucherSchema in raw SQL.
internal sealed class VoucherMapping : IEntityTypeConfiguration<VoucherRow>
{
    public void Configure(EntityTypeBuilder<VoucherRow> table)
    {
        table.ToTable("voucher", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.Id);
        SnakeCase.Columns(table);
    }
}

internal sealed class VoucherRedemptionMapping : IEntityTypeConfiguration<VoucherRedemptionRow>
{
    public void Configure(EntityTypeBuilder<VoucherRedemptionRow> table)
    {
        table.ToTable("voucher_redemption", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.VoucherId, r.Number });
        SnakeCase.Columns(table);
    }
}
