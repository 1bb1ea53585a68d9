using BillingPortal.Domain.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

internal sealed class OrganizationMapping : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> table)
    {
        table.ToTable("organization");
        table.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(o => o.Uuid).HasColumnName("uuid");
        table.Property(o => o.Slug).HasColumnName("slug").HasMaxLength(80);
        table.Property(o => o.Name).HasColumnName("name").HasMaxLength(200);
        table.Property(o => o.SearchName).HasColumnName("search_name").HasMaxLength(400);
        table.Property(o => o.ParentId).HasColumnName("parent_id");
        table.Property(o => o.Path).HasColumnName("path").HasMaxLength(400);
        table.Property(o => o.Currency).HasColumnName("currency").HasMaxLength(3);
        table.Property(o => o.ChargingModel).HasColumnName("charging_model");
        table.Property(o => o.Plan).HasColumnName("plan").HasMaxLength(40);
        table.Property(o => o.TimeZone).HasColumnName("time_zone").HasMaxLength(80);
        table.Property(o => o.AllowOverdraft).HasColumnName("allow_overdraft");
        table.Property(o => o.Disabled).HasColumnName("disabled");
        table.Property(o => o.BlockedCause).HasColumnName("blocked_cause");
        table.Property(o => o.BlockedAt).HasColumnName("blocked_at");
        table.Property(o => o.ClosedUntil).HasColumnName("closed_until");
        table.Property(o => o.CreatedAt).HasColumnName("created_at");
        table.Property(o => o.Provider).HasColumnName("provider").HasMaxLength(200);
        table.Property(o => o.BillingAccountId).HasColumnName("billing_account_id").HasMaxLength(400);
        table.Property(o => o.SubAccountId).HasColumnName("sub_account_id").HasMaxLength(400);
        table.Property(o => o.Version).HasColumnName("version").IsConcurrencyToken();
        table.Ignore(o => o.Zone);
        table.Ignore(o => o.Money);
        table.HasOne<Organization>().WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(o => o.Uuid).IsUnique();
        table.HasIndex(o => o.Slug).IsUnique();
        table.HasIndex(o => o.Path);
        table.HasIndex(o => new { o.SearchName, o.Id });
        table.HasIndex(o => new { o.Provider, o.BillingAccountId, o.SubAccountId }).IsUnique();
    }
}
