using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

// The ledger's tables are made by LedgerSchema in raw SQL: EF can express neither WITHOUT ROWID nor INCLUDE.
internal sealed class HeadMapping : IEntityTypeConfiguration<HeadRow>
{
    public void Configure(EntityTypeBuilder<HeadRow> table)
    {
        table.ToTable("ledger_head", t => t.ExcludeFromMigrations());
        table.HasKey(h => h.OrganizationId);
        SnakeCase.Columns(table);
    }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<AccountRow>
{
    public void Configure(EntityTypeBuilder<AccountRow> table)
    {
        table.ToTable("account", t => t.ExcludeFromMigrations());
        table.HasKey(a => new { a.OrganizationId, a.Account });
        SnakeCase.Columns(table);
    }
}

internal sealed class EntryMapping : IEntityTypeConfiguration<EntryRow>
{
    public void Configure(EntityTypeBuilder<EntryRow> table)
    {
        table.ToTable("journal_entry", t => t.ExcludeFromMigrations());
        table.HasKey(e => new { e.OrganizationId, e.Seq });
        SnakeCase.Columns(table);
    }
}

internal sealed class PostingMapping : IEntityTypeConfiguration<PostingRow>
{
    public void Configure(EntityTypeBuilder<PostingRow> table)
    {
        table.ToTable("posting", t => t.ExcludeFromMigrations());
        table.HasKey(p => new { p.OrganizationId, p.Account, p.Seq });
        SnakeCase.Columns(table);
    }
}

internal static class SnakeCase
{
    /// <summary>Names every column as the raw SQL does: OrganizationId is organization_id.</summary>
    public static void Columns<T>(EntityTypeBuilder<T> table)
        where T : class
    {
        foreach (var property in typeof(T).GetProperties())
        {
            var name = string.Concat(property.Name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
            table.Property(property.Name).HasColumnName(name);
        }
    }
}
