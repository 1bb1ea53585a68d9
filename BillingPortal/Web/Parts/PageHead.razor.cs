using BillingPortal.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Parts;

/// <summary>The head of a page: the way there, its title, its acts and facts. Every page has one; it also settles the page's time zone.</summary>
public sealed partial class PageHead : ComponentBase
{
    /// <summary>The page's title, also the window's.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The pages above this one, outermost first, without this one.</summary>
    [Parameter]
    public IReadOnlyList<Crumb> Crumbs { get; set; } = [];

    /// <summary>State badges beside the title.</summary>
    [Parameter]
    public RenderFragment? Badges { get; set; }

    /// <summary>What can be done here; at most one primary button.</summary>
    [Parameter]
    public RenderFragment? Acts { get; set; }

    /// <summary>Short facts, each a <see cref="Fact"/>.</summary>
    [Parameter]
    public RenderFragment? Facts { get; set; }

    /// <summary>The zone of this page's times: the organization's on its pages; where absent, the viewer's own.</summary>
    [Parameter]
    public TimeZoneInfo? Zone { get; set; }

    [CascadingParameter]
    private ViewZone? View { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet() => View?.Show(Zone);
}

/// <summary>One step of the way to a page.</summary>
/// <param name="Title">What the page is called.</param>
/// <param name="Href">Where it is.</param>
public sealed record Crumb(string Title, string Href);
