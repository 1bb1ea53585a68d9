using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>What the page says of a configuration's changes.</summary>
public static class ConfigurationWords
{
    /// <summary>A setting before and after in one line.</summary>
    public static string Line(SettingChange change) => $"{BillingConfigChanges.NameOf(change.Setting)}: {Shown(change.Before)} → {Shown(change.After)}";

    /// <summary>The settings that an act changes.</summary>
    public static IEnumerable<string> Changes(IEnumerable<Effect> effects) => effects.OfType<Effect.SetBillingConfig>().SelectMany(set => set.Changed).Select(Line);

    /// <summary>What follows of itself.</summary>
    public static IEnumerable<string> Consequences(Preview preview)
    {
        var (before, after) = (preview.Before.Values.Single(), preview.After.Values.Single());
        if (before.ChargingModel != after.ChargingModel)
        {
            yield return after.ChargingModel == ChargingModel.Prepaid
                ? $"Later charges are paid from what is held, {Write(after.AvailableAt(preview.PreparedAt), after)} now; requests beyond it are refused."
                : "What later charges lack becomes a receivable and is invoiced.";
            var unbilled = -after.BalanceOf(AccountKind.UnbilledReceivable);
            if (unbilled > 0)
            {
                yield return $"{Write(unbilled, after)} are unbilled and are still invoiced.";
            }
        }

        foreach (var effect in preview.Effects)
        {
            switch (effect)
            {
                case Effect.SetRule { Rule.Recharge.Enabled: false }:
                    yield return "Auto-recharge is switched off: who pays by invoice has no card charged by itself.";
                    break;
                case Effect.Recharge { Intent.State: RechargeState.Cancelled } taken:
                    yield return $"The recharge of {Write(taken.Intent.Amount, after)} that was decided and not yet charged is taken back.";
                    break;
                case Effect.Block { Cause: BlockCause.BalanceExhausted }:
                    yield return "It is blocked at once: nothing is held. Requests are refused until value is added.";
                    break;
                case Effect.Unblock { Cause: BlockCause.BalanceExhausted }:
                    yield return "It is unblocked: an empty balance no longer matters.";
                    break;
            }
        }
    }

    /// <summary>The act: "Switch Acme to prepaid".</summary>
    public static string Act(BillingConfigurationForm form, BillingConfigurationForm shown, string name) =>
        form.Model == shown.Model ? "Save billing configuration" : $"Switch {name} to {ChargingModels.NameOf(form.Model).ToLowerInvariant()}";

    private static string Shown(string value) => value.Length == 0 ? "none" : value.Length > 80 ? value[..79] + "…" : value;

    private static string Write(long micros, LedgerState state) => new Money(micros, state.Currency).ToString(CultureInfo.CurrentCulture);
}
