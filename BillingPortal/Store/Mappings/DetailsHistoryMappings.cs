using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

// Made by InvoicingSchema in raw SQL, beside the ledger's own tables.
internal sealed class BillingDetailsChangeMapping : IEntityTypeConfiguration<BillingDetailsChangeRow>
{
    public void Configure(EntityTypeBuilder<BillingDetailsChangeRow> table)
    {
        table.ToTable("billing_details_change", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Version });
        SnakeCase.Columns(table);
    }
}

internal sealed class SlugAliasMapping : IEntityTypeConfiguration<SlugAliasRow>
{
    public void Configure(EntityTypeBuilder<SlugAliasRow> table)
    {
        table.ToTable("slug_alias", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.Slug);
        SnakeCase.Columns(table);
    }
}
