using System.Globalization;
using BillingPortal.Domain;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Amounts;

/// <summary>
/// An amount as every page shows it: tabular, a minus sign <em>and</em> a word, a fixed slot for millionths, the exact amount for
/// programs in its <c>value</c>. What is not known reads "Unknown", never 0.
/// </summary>
public sealed partial class MoneyText : ComponentBase
{
    private string _exact = "", _lead = "", _main = "", _rest = "", _word = "", _whole = "";

    /// <summary>The amount; null is unknown.</summary>
    [Parameter, EditorRequired]
    public Money? Value { get; set; }

    /// <summary>True where the amount carries its currency; false in a column whose head names it.</summary>
    [Parameter]
    public bool ShowCurrency { get; set; }

    /// <summary>True where an increase carries its plus sign, as changes and postings do.</summary>
    [Parameter]
    public bool WithPlus { get; set; }

    /// <summary>True where Credit or Debit follows; a true zero has no word.</summary>
    [Parameter]
    public bool WithWord { get; set; }

    /// <summary>True in a column: the slot for millionths is kept though empty, so that decimal points align (head class <c>mi</c>).</summary>
    [Parameter]
    public bool Slot { get; set; }

    /// <summary>Where the amount came from; opens from the amount itself.</summary>
    [Parameter]
    public RenderFragment? Explain { get; set; }

    /// <summary>Called when the explanation opens, for one that is read only then.</summary>
    [Parameter]
    public EventCallback OnExplain { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (Value is not { } money)
        {
            return;
        }

        _exact = money.ToDecimalString();
        _lead = (money.Micros < 0 ? "−" : WithPlus && money.Micros > 0 ? "+" : "") + (ShowCurrency ? money.Currency.Sign : "");
        _word = WordFor(money);
        _whole = money.ToString(CultureInfo.CurrentCulture);
        (_main, _rest) = Split(money, CultureInfo.CurrentCulture);
    }

    /// <summary>The word beside an amount, with the customer's sign.</summary>
    public static string WordFor(Money money) => money.Micros switch { < 0 => "Debit", > 0 => "Credit", _ => "" };

    /// <summary>The amount without sign, to the minor unit, and the digits beyond it, empty where they are all zero.</summary>
    internal static (string Main, string Beyond) Split(Money money, CultureInfo culture)
    {
        var text = Money.FormatMicros(Math.Abs(money.Micros), money.Currency.Digits, culture, grouped: true);
        var whole = Money.FormatMicros(Math.Abs(money.Micros) / money.Currency.MinorUnit * money.Currency.MinorUnit, money.Currency.Digits, culture, grouped: true);
        return (whole, text[whole.Length..]);
    }
}
