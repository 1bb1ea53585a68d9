using BillingPortal.Store;
using BillingPortal.Web;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>The way in. Drawn by the server alone: a cookie can only be given with a response.</summary>
public sealed partial class SignInPage(PasswordSignIn signIn, NavigationManager navigation, IHostEnvironment environment) : ComponentBase
{
    private bool _refused;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInForm? Form { get; set; }

    [SupplyParameterFromForm(FormName = "demo")]
    private DemoForm? Demo { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    private bool IsDevelopment => environment.IsDevelopment();

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        if (HttpMethods.IsGet(Http.Request.Method) && Http.User.Identity?.IsAuthenticated == true)
        {
            navigation.NavigateTo(ReturnAddress.Of(ReturnUrl));
        }
    }

    private Task SignInAsync() => EnterAsync(Form?.Email ?? "", Form?.Password ?? "");

    private Task SignInDemoAsync() => EnterAsync(IsDevelopment ? Demo?.Email ?? "" : "", DemoPeople.Password);

    private async Task EnterAsync(string email, string password)
    {
        if (await signIn.RunAsync(email, password))
        {
            navigation.NavigateTo(ReturnAddress.Of(ReturnUrl));
        }
        else
        {
            _refused = true;
            Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
    }

    /// <summary>What is typed.</summary>
    private sealed class SignInForm
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }

    /// <summary>Which button of the demo.</summary>
    private sealed class DemoForm
    {
        public string? Email { get; set; }
    }
}
