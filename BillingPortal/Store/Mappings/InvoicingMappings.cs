using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

// Made by InvoicingSchema in raw SQL, beside the ledger's own tables.
internal sealed class BillingDetailsMapping : IEntityTypeConfiguration<BillingDetailsRow>
{
    public void Configure(EntityTypeBuilder<BillingDetailsRow> table)
    {
        table.ToTable("billing_details", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.OrganizationId);
        SnakeCase.Columns(table);
    }
}

internal sealed class BillingConfigMapping : IEntityTypeConfiguration<BillingConfigRow>
{
    public void Configure(EntityTypeBuilder<BillingConfigRow> table)
    {
        table.ToTable("billing_config", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.OrganizationId);
        SnakeCase.Columns(table);
    }
}

internal sealed class BillingConfigChangeMapping : IEntityTypeConfiguration<BillingConfigChangeRow>
{
    public void Configure(EntityTypeBuilder<BillingConfigChangeRow> table)
    {
        table.ToTable("billing_config_change", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Version });
        SnakeCase.Columns(table);
    }
}

internal sealed class InvoiceMapping : IEntityTypeConfiguration<InvoiceRow>
{
    public void Configure(EntityTypeBuilder<InvoiceRow> table)
    {
        table.ToTable("invoice", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Ordinal });
        SnakeCase.Columns(table);
    }
}

internal sealed class InvoiceEventMapping : IEntityTypeConfiguration<InvoiceEventRow>
{
    public void Configure(EntityTypeBuilder<InvoiceEventRow> table)
    {
        table.ToTable("invoice_event", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Ordinal, r.Step });
        SnakeCase.Columns(table);
    }
}

internal sealed class PeriodEventMapping : IEntityTypeConfiguration<PeriodEventRow>
{
    public void Configure(EntityTypeBuilder<PeriodEventRow> table)
    {
        table.ToTable("period_event", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Period, r.Step });
        SnakeCase.Columns(table);
    }
}
