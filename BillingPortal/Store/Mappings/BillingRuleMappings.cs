using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BillingPortal.Store.Mappings;

// Made by BillingRuleSchema in raw SQL, beside the ledger's own tables.
internal sealed class BillingRuleMapping : IEntityTypeConfiguration<BillingRuleRow>
{
    public void Configure(EntityTypeBuilder<BillingRuleRow> table)
    {
        table.ToTable("billing_rule", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.OrganizationId);
        SnakeCase.Columns(table);
    }
}

internal sealed class BillingRuleChangeMapping : IEntityTypeConfiguration<BillingRuleChangeRow>
{
    public void Configure(EntityTypeBuilder<BillingRuleChangeRow> table)
    {
        table.ToTable("billing_rule_change", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Version });
        SnakeCase.Columns(table);
    }
}

internal sealed class SpendingWindowMapping : IEntityTypeConfiguration<SpendingWindowRow>
{
    public void Configure(EntityTypeBuilder<SpendingWindowRow> table)
    {
        table.ToTable("spending_window", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.OrganizationId);
        SnakeCase.Columns(table);
    }
}

internal sealed class RechargeIntentMapping : IEntityTypeConfiguration<RechargeIntentRow>
{
    public void Configure(EntityTypeBuilder<RechargeIntentRow> table)
    {
        table.ToTable("recharge_intent", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Number });
        SnakeCase.Columns(table);
    }
}

internal sealed class RechargeAttemptMapping : IEntityTypeConfiguration<RechargeAttemptRow>
{
    public void Configure(EntityTypeBuilder<RechargeAttemptRow> table)
    {
        table.ToTable("recharge_attempt", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Number, r.Step });
        SnakeCase.Columns(table);
    }
}

internal sealed class PaymentMethodMapping : IEntityTypeConfiguration<PaymentMethodRow>
{
    public void Configure(EntityTypeBuilder<PaymentMethodRow> table)
    {
        table.ToTable("payment_method", t => t.ExcludeFromMigrations());
        table.Property(m => m.Id).ValueGeneratedNever();
        SnakeCase.Columns(table);
    }
}

internal sealed class PaymentCustomerMapping : IEntityTypeConfiguration<PaymentCustomerRow>
{
    public void Configure(EntityTypeBuilder<PaymentCustomerRow> table)
    {
        table.ToTable("payment_customer", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.OrganizationId, r.Provider });
        SnakeCase.Columns(table);
    }
}

internal sealed class PaymentEventMapping : IEntityTypeConfiguration<PaymentEventRow>
{
    public void Configure(EntityTypeBuilder<PaymentEventRow> table)
    {
        table.ToTable("payment_event", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.Provider, r.EventId });
        SnakeCase.Columns(table);
    }
}

internal sealed class PaymentDisputeMapping : IEntityTypeConfiguration<PaymentDisputeRow>
{
    public void Configure(EntityTypeBuilder<PaymentDisputeRow> table)
    {
        table.ToTable("payment_dispute", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.Provider, r.DisputeId });
        SnakeCase.Columns(table);
    }
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<NotificationRow>
{
    public void Configure(EntityTypeBuilder<NotificationRow> table)
    {
        table.ToTable("notification", t => t.ExcludeFromMigrations());
        SnakeCase.Columns(table);
    }
}

internal sealed class NotificationReadMapping : IEntityTypeConfiguration<NotificationRead>
{
    public void Configure(EntityTypeBuilder<NotificationRead> table)
    {
        table.ToTable("notification_read", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.UserId, r.NotificationId });
        SnakeCase.Columns(table);
    }
}

internal sealed class NotificationMarkMapping : IEntityTypeConfiguration<NotificationMark>
{
    public void Configure(EntityTypeBuilder<NotificationMark> table)
    {
        table.ToTable("notification_mark", t => t.ExcludeFromMigrations());
        table.HasKey(r => r.UserId);
        SnakeCase.Columns(table);
    }
}

internal sealed class MailMapping : IEntityTypeConfiguration<MailRow>
{
    public void Configure(EntityTypeBuilder<MailRow> table)
    {
        table.ToTable("mail", t => t.ExcludeFromMigrations());
        SnakeCase.Columns(table);
    }
}

// Made by MailAttachmentSchema in raw SQL.
internal sealed class MailAttachmentMapping : IEntityTypeConfiguration<MailAttachmentRow>
{
    public void Configure(EntityTypeBuilder<MailAttachmentRow> table)
    {
        table.ToTable("mail_attachment", t => t.ExcludeFromMigrations());
        table.HasKey(r => new { r.MailId, r.Position });
        SnakeCase.Columns(table);
    }
}
