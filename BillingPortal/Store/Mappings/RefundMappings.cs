using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

// Made by DunningSchema in raw SQL, beside the ledger's own tables.
internal sealed class RefundIntentMapping : IEntityTypeConfiguration<RefundIntentRow>
{
    public void Configure(EntityTypeBuilder<RefundIntentRow> table)
    {
        table.ToTable("refund_intent", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Number });
        SnakeCase.Columns(table);
    }
}

internal sealed class RefundStepMapping : IEntityTypeConfiguration<RefundStepRow>
{
    public void Configure(EntityTypeBuilder<RefundStepRow> table)
    {
        table.ToTable("refund_step", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Number, r.Step });
        SnakeCase.Columns(table);
    }
}
