using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

// Made by PlansSchema in raw SQL, beside the ledger's own tables.
internal sealed class SubscriptionMapping : IEntityTypeConfiguration<SubscriptionRow>
{
    public void Configure(EntityTypeBuilder<SubscriptionRow> table)
    {
        table.ToTable("subscription", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.OrganizationId);
        SnakeCase.Columns(table);
    }
}

internal sealed class SubscriptionChangeMapping : IEntityTypeConfiguration<SubscriptionChangeRow>
{
    public void Configure(EntityTypeBuilder<SubscriptionChangeRow> table)
    {
        table.ToTable("subscription_change", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Version });
        SnakeCase.Columns(table);
    }
}

internal sealed class PlanFeeMapping : IEntityTypeConfiguration<PlanFeeRow>
{
    public void Configure(EntityTypeBuilder<PlanFeeRow> table)
    {
        table.ToTable("plan_fee", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.PayerId, r.Number });
        SnakeCase.Columns(table);
    }
}

internal sealed class PlanVersionMapping : IEntityTypeConfiguration<PlanVersionRow>
{
    public void Configure(EntityTypeBuilder<PlanVersionRow> table)
    {
        table.ToTable("plan_version", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.Code, r.Number });
        SnakeCase.Columns(table);
    }
}

internal sealed class CouponMapping : IEntityTypeConfiguration<CouponRow>
{
    public void Configure(EntityTypeBuilder<CouponRow> table)
    {
        table.ToTable("coupon", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.Code);
        SnakeCase.Columns(table);
    }
}

internal sealed class CouponRedemptionMapping : IEntityTypeConfiguration<CouponRedemptionRow>
{
    public void Configure(EntityTypeBuilder<CouponRedemptionRow> table)
    {
        table.ToTable("coupon_redemption", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.Coupon, r.Number });
        SnakeCase.Columns(table);
    }
}

internal sealed class CatalogueDraftMapping : IEntityTypeConfiguration<CatalogueDraftRow>
{
    public void Configure(EntityTypeBuilder<CatalogueDraftRow> table)
    {
        table.ToTable("catalogue_draft", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.Code);
        SnakeCase.Columns(table);
    }
}
