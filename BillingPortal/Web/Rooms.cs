using BillingPortal.Capabilities.AdjustingBalances;
using BillingPortal.Capabilities.Auditing;
using BillingPortal.Capabilities.ApiTokens;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Capabilities.BillingConfigurations;
using BillingPortal.Capabilities.BuyingCredits;
using BillingPortal.Capabilities.BillingDetails;
using BillingPortal.Capabilities.Charging;
using BillingPortal.Capabilities.ClosingMonths;
using BillingPortal.Capabilities.CreatingOrganizations;
using BillingPortal.Capabilities.Demonstrating;
using BillingPortal.Capabilities.Dunning;
using BillingPortal.Capabilities.EditingPlans;
using BillingPortal.Capabilities.Generating;
using BillingPortal.Capabilities.ImportingUsage;
using BillingPortal.Capabilities.Invoicing;
using BillingPortal.Capabilities.MemberOrganizations;
using BillingPortal.Capabilities.Notifying;
using BillingPortal.Capabilities.Overviews;
using BillingPortal.Capabilities.PaymentMethods;
using BillingPortal.Capabilities.Rates;
using BillingPortal.Capabilities.RatingUsage;
using BillingPortal.Capabilities.PrepaidBalances;
using BillingPortal.Capabilities.PublishingInvoices;
using BillingPortal.Capabilities.ReadingJournal;
using BillingPortal.Capabilities.Recharges;
using BillingPortal.Capabilities.BillingRules;
using BillingPortal.Capabilities.Refunding;
using BillingPortal.Capabilities.SigningIn;
using BillingPortal.Capabilities.Statements;
using BillingPortal.Capabilities.SubOrganizations;
using BillingPortal.Capabilities.TakingPaymentNews;
using BillingPortal.Capabilities.Transferring;
using BillingPortal.Capabilities.Vouchers;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using BillingPortal.Web.CommandLine;

namespace BillingPortal.Web;

/// <summary>The list of rooms: what each adds to the container and which routes it answers. One line a room.</summary>
public static class Rooms
{
    /// <summary>Adds every room's commands, queries and verbs.</summary>
    public static IServiceCollection AddCapabilities(this IServiceCollection services)
    {
        services.AddScoped<CurrentCaller>();
        services.AddOverviews();
        services.AddCreatingOrganizations();
        services.AddAdjustingBalances();
        services.AddAuditing();
        services.AddBillingConfigurations();
        services.AddBillingDetails();
        services.AddBuyingCredits();
        services.AddSingleton<DemoData>().AddSingleton<IStartStep, DemoDataStep>().AddSingleton<IStartStep, DemoRechargesStep>().AddSingleton<IStartStep, DemoInvoicesStep>().AddSingleton<IStartStep, DemoRatesStep>().AddSingleton<IStartStep, DemoPlansStep>();
        services.AddChangingPlans();
        services.AddCharging();
        services.AddClosingMonths();
        services.AddDunning();
        services.AddEditingPlans();
        services.AddScoped<IVerb, GenerateVerb>();
        services.AddRates();
        services.AddPublishingInvoices();
        services.AddRatingUsage();
        services.AddMemberOrganizations();
        services.AddReadingJournal();
        services.AddRecharges();
        services.AddNotifying();
        services.AddBillingRules();
        services.AddRefunding();
        services.AddSigningIn();
        services.AddStatements();
        services.AddInvoicing();
        services.AddSingleton<IStartStep, IssuerStep>();
        services.AddSubOrganizations();
        services.AddTransferring();
        services.AddImportingUsage();
        services.AddApiTokens();
        services.AddPaymentMethods();
        services.AddPrepaidBalances();
        services.AddPaymentNews();
        services.AddVouchers();
        services.AddScoped<IVerb, MigrateVerb>();
        return services;
    }

    /// <summary>Maps every room's routes.</summary>
    public static WebApplication MapCapabilities(this WebApplication app)
    {
        app.MapSigningIn();
        app.MapOverviews();
        app.MapAuditing();
        app.MapRates();
        app.MapRatingUsage();
        app.MapExternalOrganizations();
        app.MapBillingInformation();
        app.MapCheckout();
        app.MapVouchers();
        app.MapPaymentMethods();
        app.MapReadingJournal();
        app.MapStatements();
        app.MapInvoicing();
        app.MapInvoicesApi();
        app.MapRecharges();
        app.MapImportingUsage();
        app.MapPaymentBalance();
        app.MapBillingConfigurations();
        app.MapPrepaidBalances();
        app.MapPublishedInvoices();
        app.MapCharging();
        app.MapClosingMonths();
        app.MapPlanUpgrade();
        app.MapSubscriptionTiers();
        app.MapMemberOrganizations();
        app.MapPayments();
        app.MapSubOrganizations();
        app.MapSubOrganizationBilling();
        app.MapPaymentNews();
        app.MapSubOrganizationsExport();
        app.MapTransferring();
        return app;
    }
}
