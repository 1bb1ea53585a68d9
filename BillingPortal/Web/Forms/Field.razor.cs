using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Forms;

/// <summary>
/// A labelled control with what belongs to it: what its number does, help, an echo of how it was read, and what is wrong. The control
/// takes <see cref="FieldContext.Attributes"/> by <c>@attributes</c>, which ties it to all of them.
/// </summary>
public sealed partial class Field : ComponentBase
{
    private FieldContext _context = new("", Invalid: false);

    /// <summary>The label; an error begins with it too.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What a limit does, as in "stops usage"; stands at the label's far end.</summary>
    [Parameter]
    public string? Role { get; set; }

    /// <summary>The picture of that role.</summary>
    [Parameter]
    public Glyph? RoleIcon { get; set; }

    /// <summary>One line of help.</summary>
    [Parameter]
    public string? Help { get; set; }

    /// <summary>How the input was read; not shown beside an error.</summary>
    [Parameter]
    public RenderFragment? Echo { get; set; }

    /// <summary>What is wrong and how to mend it; null where nothing is.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>A fixed part of the input, as the currency or the zone.</summary>
    [Parameter]
    public string? Fix { get; set; }

    /// <summary>True where the fixed part follows the control.</summary>
    [Parameter]
    public bool FixAfter { get; set; }

    /// <summary>True where the control is a select, which then gets its arrow.</summary>
    [Parameter]
    public bool Choice { get; set; }

    /// <summary>True where it may stay empty among fields that may not.</summary>
    [Parameter]
    public bool Optional { get; set; }

    /// <summary>More classes.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>The control's id, where something outside refers to it.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>The control: input, select or textarea.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<FieldContext>? ChildContent { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized() => _context = new(Id ?? Ids.Next("field"), Invalid: false);

    /// <inheritdoc />
    protected override void OnParametersSet() => _context = _context with { Invalid = Error is not null };
}

/// <summary>What ties a control to its field.</summary>
/// <param name="Id">The control's id; the label points at it.</param>
/// <param name="Invalid">True where the field shows an error.</param>
public sealed record FieldContext(string Id, bool Invalid)
{
    /// <summary>The attributes that the control takes.</summary>
    public IReadOnlyDictionary<string, object> Attributes => Invalid
        ? new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = Id, ["aria-describedby"] = Id + "-d", ["aria-invalid"] = "true" }
        : new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = Id, ["aria-describedby"] = Id + "-d" };
}
