using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

internal sealed class OrganizationWordMapping : IEntityTypeConfiguration<OrganizationWord>
{
    public void Configure(EntityTypeBuilder<OrganizationWord> table)
    {
        table.ToTable("organization_word", t => t.ExcludeFromMigrations());
        table.HasKey(w => new { w.Word, w.OrganizationId });
        SnakeCase.Columns(table);
    }
}
