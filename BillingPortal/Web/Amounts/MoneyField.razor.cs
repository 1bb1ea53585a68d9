using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Amounts;

/// <summary>A field for an amount: takes what people of any locale write, and says at once how it was read.</summary>
public sealed partial class MoneyField : ComponentBase
{
    private MoneyReading _reading = new(null, null);
    private RenderFragment? _echo;

    /// <summary>The label.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "Amount";

    /// <summary>The currency it is in.</summary>
    [Parameter, EditorRequired]
    public Currency Currency { get; set; }

    /// <summary>The text as typed; the form keeps this, so that a draft comes back as it was written.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>Raised at every keystroke.</summary>
    [Parameter]
    public EventCallback<string?> TextChanged { get; set; }

    /// <summary>Raised at every keystroke with what the text means.</summary>
    [Parameter]
    public EventCallback<MoneyReading> OnRead { get; set; }

    /// <summary>What the number does, as in "starts a recharge".</summary>
    [Parameter]
    public string? Role { get; set; }

    /// <summary>The picture of that role.</summary>
    [Parameter]
    public Glyph? RoleIcon { get; set; }

    /// <summary>One line of help.</summary>
    [Parameter]
    public string? Help { get; set; }

    /// <summary>What the form found wrong; stands before what the reading found.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet() => Understand(Text);

    private void Understand(string? text)
    {
        _reading = MoneyReading.Read(text, Currency, CultureInfo.CurrentCulture);
        _echo = _reading.Money is not { } money ? null : builder =>
        {
            builder.AddContent(0, "Read as ");
            builder.OpenElement(1, "b");
            builder.AddContent(2, money.ToString(CultureInfo.CurrentCulture));
            builder.CloseElement();
        };
    }

    private async Task ReadAsync(string? text)
    {
        Text = text;
        Understand(text);
        await TextChanged.InvokeAsync(Text);
        await OnRead.InvokeAsync(_reading);
    }
}
