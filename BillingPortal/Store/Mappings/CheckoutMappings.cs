using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

// Made by CheckoutSchema in raw SQL, beside the ledger's own tables.
internal sealed class CheckoutMapping : IEntityTypeConfiguration<CheckoutRow>
{
    public void Configure(EntityTypeBuilder<CheckoutRow> table)
    {
        table.ToTable("checkout", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Number });
        SnakeCase.Columns(table);
    }
}

internal sealed class CheckoutStepMapping : IEntityTypeConfiguration<CheckoutStepRow>
{
    public void Configure(EntityTypeBuilder<CheckoutStepRow> table)
    {
        table.ToTable("checkout_step", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Number, r.Step });
        SnakeCase.Columns(table);
    }
}
