using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Sets how an organization is billed: charging model, payment term, VAT rate, words of the issuer, payment data. The page and contract 4's PATCH are
/// this one command. A switch to prepaid is refused while a data package or an inclusive volume is active.
/// </summary>
public sealed record ConfigureBilling(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>What is wanted.</summary>
    public required BillingConfigWish Wish { get; init; }

    /// <inheritdoc />
    public override string Rule => "configure-billing/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Config = Organization };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        var facts = view.Facts.Config ?? throw new InvalidOperationException("The configuration was not read.");
        if (Unknown() is { Length: > 0 } errors)
        {
            return new Decision.Invalid(errors);
        }

        if (Wish.ChargingModel == ChargingModel.Prepaid && state.ChargingModel == ChargingModel.Postpaid && Active(facts, state, view.Now) is { } allowance)
        {
            return Decision.No(RefusalCode.VolumeActive, Words(allowance), nameof(BillingConfigWish.ChargingModel));
        }

        var after = Wish.On(facts.Config) with { Version = facts.Config.Version + 1 };
        var model = Wish.ChargingModel ?? state.ChargingModel;
        var lines = BillingConfigChanges.Between(facts.Config, state.ChargingModel, after, model);
        if (lines.IsEmpty)
        {
            return Decision.Nothing;
        }

        var course = new Course(view);
        course.Add(new Effect.SetBillingConfig(Organization, after, lines));
        if (model != state.ChargingModel)
        {
            ChargingModels.Switch(course, Organization, model);
            Consequences.Follow(course, Organization, model == ChargingModel.Prepaid ? RechargeCause.TimePassed : RechargeCause.None);
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form
        .Add((long?)Wish.ChargingModel).Add(Wish.IssuerInfo.IsSent ? 1 : 0).Add(Wish.IssuerInfo.Value ?? "").Add(Wish.PaymentTerm).Add(Wish.VatRate)
        .Add(Wish.WithoutVatRate ? 1 : 0).Add(Wish.PaymentData.IsSent ? 1 : 0).Add(Wish.PaymentData.Value ?? "");

    private ImmutableArray<FieldError> Unknown()
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        if (Wish.ChargingModel is { } model && !Enum.IsDefined(model))
        {
            errors.Add(new FieldError(nameof(BillingConfigWish.ChargingModel), "unknown", "There is no such charging model."));
        }

        if (Wish.PaymentTerm is { } term && PaymentTerm.Find(term) is null)
        {
            errors.Add(new FieldError(nameof(BillingConfigWish.PaymentTerm), "unknown", "There is no such payment term."));
        }

        if (Wish.VatRate is { } rate && VatRates.Find(rate) is null)
        {
            errors.Add(new FieldError(nameof(BillingConfigWish.VatRate), "unknown", "There is no such VAT rate."));
        }

        return errors.ToImmutable();
    }

    /// <summary>The one that stands in the way longest, so that ending it or waiting for it is enough where it is the only one.</summary>
    private static Allowance? Active(BillingConfigFacts facts, LedgerState state, Instant now)
    {
        var month = BillingPeriod.Of(now, state.Zone);
        return facts.Allowances.Where(allowance => allowance.Holds(month, now)).OrderByDescending(allowance => allowance.Months.EndsOn ?? DateOnly.MaxValue).FirstOrDefault();
    }

    private static string Words(Allowance allowance)
    {
        var zone = allowance.Ratezone.Length == 0 ? "" : $" in {allowance.Ratezone}";
        var what = allowance.Kind == AllowanceKind.Package
            ? $"The data package “{allowance.Name}”"
            : string.Create(CultureInfo.InvariantCulture, $"The inclusive volume {allowance.Id} of {allowance.Volume} {allowance.Service}{zone}");
        var until = allowance.Months.EndsOn is { } end ? $"until {end.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}" : "and has no end";
        return $"{what} is active {until}. End it before switching to prepaid. Nothing was changed.";
    }
}

/// <summary>What changed between two billing configurations, setting by setting, for the history that people read.</summary>
public static class BillingConfigChanges
{
    /// <summary>The settings that differ.</summary>
    public static ImmutableArray<SettingChange> Between(BillingConfig before, ChargingModel modelBefore, BillingConfig after, ChargingModel modelAfter)
    {
        var lines = ImmutableArray.CreateBuilder<SettingChange>();
        Add("charging_model", ChargingModels.NameOf(modelBefore), ChargingModels.NameOf(modelAfter));
        Add("payment_term", NameOfTerm(before.PaymentTerm), NameOfTerm(after.PaymentTerm));
        Add("vat_rate", NameOfRate(before.VatRate), NameOfRate(after.VatRate));
        Add("invoice_issuer_info", before.IssuerInfo ?? "", after.IssuerInfo ?? "");
        Add("payment_data", before.PaymentData ?? "", after.PaymentData ?? "");
        return lines.ToImmutable();

        void Add(string setting, string was, string becomes)
        {
            if (!string.Equals(was, becomes, StringComparison.Ordinal))
            {
                lines.Add(new SettingChange(setting, was, becomes));
            }
        }
    }

    /// <summary>A setting's name for people.</summary>
    public static string NameOf(string setting) => setting switch
    {
        "charging_model" => "Charging model",
        "payment_term" => "Payment term",
        "vat_rate" => "VAT rate",
        "invoice_issuer_info" => "Invoice issuer",
        "payment_data" => "Payment data",
        _ => setting,
    };

    /// <summary>A payment term's name; the default's where none was chosen.</summary>
    public static string NameOfTerm(int? term) => (PaymentTerm.Find(term) ?? PaymentTerm.Default).Name;

    /// <summary>A rate's name; that the law says it where none was chosen.</summary>
    public static string NameOfRate(int? rate) => VatRates.Find(rate) is { } chosen ? NameOf(chosen) : "as the law says";

    /// <summary>A rate for people, with its days where it has ended.</summary>
    public static string NameOf(VatRate rate) => string.Create(CultureInfo.InvariantCulture,
        $"{rate.Country} {rate.Name.ToLowerInvariant()} {rate.BasisPoints / 100m:0.##} %{(rate.Until is { } end ? $" (until {end:yyyy-MM-dd})" : "")}");
}
