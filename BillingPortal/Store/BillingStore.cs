using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store;

/// <summary>
/// The store as EF Core sees it: everything that is not money, and the ledger for reading. Money is written by
/// <see cref="JournalWriter"/> alone. One context for one command or query.
/// </summary>
public abstract class BillingStore(DbContextOptions options) : IdentityDbContext<BillingUser>(options)
{
    /// <summary>Customers.</summary>
    public DbSet<Organization> Organizations => Set<Organization>();

    /// <summary>Words of their names, read only.</summary>
    public IQueryable<OrganizationWord> OrganizationWords => Set<OrganizationWord>().AsNoTracking();

    /// <summary>Who may do what where.</summary>
    public DbSet<Membership> Memberships => Set<Membership>();

    /// <summary>API tokens.</summary>
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    /// <summary>What happened to organizations.</summary>
    public DbSet<OrganizationEvent> OrganizationEvents => Set<OrganizationEvent>();

    /// <summary>When laws were checked.</summary>
    public DbSet<LawCheck> LawChecks => Set<LawCheck>();

    /// <summary>Data protection keys.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>Ledger heads, read only.</summary>
    public IQueryable<HeadRow> Heads => Set<HeadRow>().AsNoTracking();

    /// <summary>Accounts, read only.</summary>
    public IQueryable<AccountRow> Accounts => Set<AccountRow>().AsNoTracking();

    /// <summary>Journal entries, read only.</summary>
    public IQueryable<EntryRow> Entries => Set<EntryRow>().AsNoTracking();

    /// <summary>Postings, read only.</summary>
    public IQueryable<PostingRow> Postings => Set<PostingRow>().AsNoTracking();

    /// <summary>Recharge rules and caps, read only.</summary>
    public IQueryable<BillingRuleRow> BillingRules => Set<BillingRuleRow>().AsNoTracking();

    /// <summary>Their history, read only.</summary>
    public IQueryable<BillingRuleChangeRow> BillingRuleChanges => Set<BillingRuleChangeRow>().AsNoTracking();

    /// <summary>What the writer counts against caps, read only.</summary>
    public IQueryable<SpendingWindowRow> SpendingWindows => Set<SpendingWindowRow>().AsNoTracking();

    /// <summary>Billing details, read only.</summary>
    public IQueryable<BillingDetailsRow> BillingDetails => Set<BillingDetailsRow>().AsNoTracking();

    /// <summary>Their history, read only.</summary>
    public IQueryable<BillingDetailsChangeRow> BillingDetailsChanges => Set<BillingDetailsChangeRow>().AsNoTracking();

    /// <summary>Slugs that organizations had, read only.</summary>
    public IQueryable<SlugAliasRow> SlugAliases => Set<SlugAliasRow>().AsNoTracking();

    /// <summary>Billing configurations, read only.</summary>
    public IQueryable<BillingConfigRow> BillingConfigs => Set<BillingConfigRow>().AsNoTracking();

    /// <summary>Their changes, read only.</summary>
    public IQueryable<BillingConfigChangeRow> BillingConfigChanges => Set<BillingConfigChangeRow>().AsNoTracking();

    /// <summary>Invoices, credit notes and statements, read only.</summary>
    public IQueryable<InvoiceRow> Invoices => Set<InvoiceRow>().AsNoTracking();

    /// <summary>What happened to them, read only.</summary>
    public IQueryable<InvoiceEventRow> InvoiceEvents => Set<InvoiceEventRow>().AsNoTracking();

    /// <summary>Periods closed and opened again, read only.</summary>
    public IQueryable<PeriodEventRow> PeriodEvents => Set<PeriodEventRow>().AsNoTracking();

    /// <summary>Subscriptions, read only: money decisions read them, so the writer writes them.</summary>
    public IQueryable<SubscriptionRow> Subscriptions => Set<SubscriptionRow>().AsNoTracking();

    /// <summary>Their histories, read only.</summary>
    public IQueryable<SubscriptionChangeRow> SubscriptionChanges => Set<SubscriptionChangeRow>().AsNoTracking();

    /// <summary>Plans' fees, read only.</summary>
    public IQueryable<PlanFeeRow> PlanFees => Set<PlanFeeRow>().AsNoTracking();

    /// <summary>Published versions of plans, read only.</summary>
    public IQueryable<PlanVersionRow> PlanVersions => Set<PlanVersionRow>().AsNoTracking();

    /// <summary>Coupons, read only.</summary>
    public IQueryable<CouponRow> Coupons => Set<CouponRow>().AsNoTracking();

    /// <summary>Coupons' redemptions, read only.</summary>
    public IQueryable<CouponRedemptionRow> CouponRedemptions => Set<CouponRedemptionRow>().AsNoTracking();

    /// <summary>Plans' next versions while they are edited, read only.</summary>
    public IQueryable<CatalogueDraftRow> CatalogueDrafts => Set<CatalogueDraftRow>().AsNoTracking();

    /// <summary>Recharges, read only.</summary>
    public IQueryable<RechargeIntentRow> RechargeIntents => Set<RechargeIntentRow>().AsNoTracking();

    /// <summary>Their flights, read only.</summary>
    public IQueryable<RechargeAttemptRow> RechargeAttempts => Set<RechargeAttemptRow>().AsNoTracking();

    /// <summary>Purchases of credits, read only.</summary>
    public IQueryable<CheckoutRow> Checkouts => Set<CheckoutRow>().AsNoTracking();

    /// <summary>What happened to each, read only.</summary>
    public IQueryable<CheckoutStepRow> CheckoutSteps => Set<CheckoutStepRow>().AsNoTracking();

    /// <summary>Vouchers, read only.</summary>
    public IQueryable<VoucherRow> Vouchers => Set<VoucherRow>().AsNoTracking();

    /// <summary>Who redeemed them, read only.</summary>
    public IQueryable<VoucherRedemptionRow> VoucherRedemptions => Set<VoucherRedemptionRow>().AsNoTracking();

    /// <summary>Refunds, read only.</summary>
    public IQueryable<RefundIntentRow> RefundIntents => Set<RefundIntentRow>().AsNoTracking();

    /// <summary>What happened to them, read only.</summary>
    public IQueryable<RefundStepRow> RefundSteps => Set<RefundStepRow>().AsNoTracking();

    /// <summary>Cards on file, read only: money decisions read them, so the writer writes them.</summary>
    public IQueryable<PaymentMethodRow> PaymentMethods => Set<PaymentMethodRow>().AsNoTracking();

    /// <summary>Customers at payment providers.</summary>
    public DbSet<PaymentCustomerRow> PaymentCustomers => Set<PaymentCustomerRow>();

    /// <summary>Webhooks that arrived.</summary>
    public DbSet<PaymentEventRow> PaymentEvents => Set<PaymentEventRow>();

    /// <summary>Disputes of card payments, read only.</summary>
    public IQueryable<PaymentDisputeRow> PaymentDisputes => Set<PaymentDisputeRow>().AsNoTracking();

    /// <summary>What organizations' people should know.</summary>
    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();

    /// <summary>What of it they have read.</summary>
    public DbSet<NotificationRead> NotificationsRead => Set<NotificationRead>();

    /// <summary>Up to which they have read all.</summary>
    public DbSet<NotificationMark> NotificationMarks => Set<NotificationMark>();

    /// <summary>Mails on their way.</summary>
    public DbSet<MailRow> Mails => Set<MailRow>();

    /// <summary>What they carry, read only.</summary>
    public IQueryable<MailAttachmentRow> MailAttachments => Set<MailAttachmentRow>().AsNoTracking();

    /// <summary>The collation under which this database compares byte by byte.</summary>
    public abstract string BinaryCollation { get; }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(BillingStore).Assembly);
        builder.Entity<Organization>(organization =>
        {
            // The same order on both databases, so that cursors agree and prefix searches use the index.
            organization.Property(o => o.SearchName).UseCollation(BinaryCollation);
            organization.Property(o => o.Slug).UseCollation(BinaryCollation);
            organization.Property(o => o.Path).UseCollation(BinaryCollation);
        });
    }
}

/// <summary>The store on SQLite.</summary>
public sealed class SqliteBillingStore(DbContextOptions<SqliteBillingStore> options) : BillingStore(options)
{
    /// <inheritdoc />
    public override string BinaryCollation => "BINARY";
}

/// <summary>The store on PostgreSQL.</summary>
public sealed class PostgresBillingStore(DbContextOptions<PostgresBillingStore> options) : BillingStore(options)
{
    /// <inheritdoc />
    public override string BinaryCollation => "C";
}
