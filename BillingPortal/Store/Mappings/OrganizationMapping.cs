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
        table.Property(o => o.PayerId).HasColumnName("payer_id");
        Profile(table);
        table.Property(o => o.DeletedAt).HasColumnName("deleted_at");
        table.Property(o => o.UpdatedAt).HasColumnName("updated_at");
        table.Property(o => o.Version).HasColumnName("version").IsConcurrencyToken();
        table.Ignore(o => o.Zone);
        table.Ignore(o => o.Money);
        table.HasOne<Organization>().WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(o => o.PayerId);
        table.HasIndex(o => o.Uuid).IsUnique();
        table.HasIndex(o => o.Slug).IsUnique();
        table.HasIndex(o => o.Path);
        table.HasIndex(o => new { o.SearchName, o.Id });
        table.HasIndex(o => new { o.Provider, o.BillingAccountId, o.SubAccountId }).IsUnique();
    }

    private static void Profile(EntityTypeBuilder<Organization> table)
    {
        table.Property(o => o.Verified).HasColumnName("verified");
        table.Property(o => o.Personal).HasColumnName("personal");
        table.Property(o => o.LogoUrl).HasColumnName("logo_url").HasMaxLength(500);
        table.Property(o => o.Features).HasColumnName("features").HasMaxLength(400).HasDefaultValue("");
        table.Property(o => o.ContactEmail).HasColumnName("contact_email").HasMaxLength(254);
        table.Property(o => o.ContactAddress).HasColumnName("contact_address").HasMaxLength(500);
        table.Property(o => o.TermsUrl).HasColumnName("terms_url").HasMaxLength(500);
        table.Property(o => o.PrivacyUrl).HasColumnName("privacy_url").HasMaxLength(500);
    }
}
