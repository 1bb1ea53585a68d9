using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

internal sealed class BillingUserMapping : IEntityTypeConfiguration<BillingUser>
{
    public void Configure(EntityTypeBuilder<BillingUser> table)
    {
        table.Property(u => u.DisplayName).HasMaxLength(200);
        table.Property(u => u.PlatformRole).HasMaxLength(20);
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> table)
    {
        table.ToTable("membership");
        table.HasKey(m => new { m.UserId, m.OrganizationId });
        table.Property(m => m.Role).HasMaxLength(20);
        table.HasOne<BillingUser>().WithMany().HasForeignKey(m => m.UserId);
        table.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId);
    }
}

internal sealed class ApiTokenMapping : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> table)
    {
        table.ToTable("api_token");
        table.Property(t => t.Name).HasMaxLength(100);
        table.Property(t => t.Hash).HasMaxLength(64);
        table.Property(t => t.LastFour).HasMaxLength(4);
        table.Property(t => t.Scopes).HasMaxLength(400);
        table.HasIndex(t => t.Hash).IsUnique();
        table.HasOne<BillingUser>().WithMany().HasForeignKey(t => t.UserId);
    }
}

internal sealed class OrganizationEventMapping : IEntityTypeConfiguration<OrganizationEvent>
{
    public void Configure(EntityTypeBuilder<OrganizationEvent> table)
    {
        table.ToTable("organization_event");
        table.Property(e => e.Id).HasColumnName("id");
        table.Property(e => e.OrganizationId).HasColumnName("organization_id");
        table.Property(e => e.At).HasColumnName("at");
        table.Property(e => e.Kind).HasColumnName("kind").HasMaxLength(40);
        table.Property(e => e.Text).HasColumnName("text").HasMaxLength(400);
        table.Property(e => e.Seq).HasColumnName("seq");
        table.HasIndex(e => new { e.OrganizationId, e.Id });
    }
}

internal sealed class LawCheckMapping : IEntityTypeConfiguration<LawCheck>
{
    public void Configure(EntityTypeBuilder<LawCheck> table)
    {
        table.ToTable("law_check");
        table.HasKey(c => c.Law);
        table.Property(c => c.Law).HasMaxLength(40);
        table.Property(c => c.Finding).HasMaxLength(1000);
    }
}

internal sealed class ProtectionKeyMapping : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> table)
    {
        table.ToTable("protection_key");
        table.Property(k => k.Id).HasMaxLength(100);
    }
}
