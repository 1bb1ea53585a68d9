using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace BillingPortal.Web.Layout;

/// <summary>Who is signed in, and the way out. The role named here is for orientation only; nothing is allowed or refused by it.</summary>
public sealed partial class UserMenu : ComponentBase
{
    private string? _name, _role;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [CascadingParameter(Name = "FormToken")]
    private string? FormToken { get; set; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var user = Authentication is null ? null : (await Authentication).User;
        _name = user?.Identity?.IsAuthenticated == true ? user.FindFirstValue("name") ?? user.Identity.Name : null;
        _role = user?.FindFirstValue(ClaimTypes.Role);
    }

    /// <summary>The first letters of the first and the last word.</summary>
    public static string Initials(string name)
    {
        var words = name.Split([' ', '.', '@'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0 ? "" : string.Concat(words[0][..1], words.Length > 1 ? words[^1][..1] : "").ToUpperInvariant();
    }
}
