using Microsoft.AspNetCore.Antiforgery;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>The way out: a form with its antiforgery token, never a link, so that no other site can sign people out.</summary>
public static class SignOutEndpoints
{
    /// <summary>Maps it.</summary>
    public static WebApplication MapSigningIn(this WebApplication app)
    {
        app.MapPost("/sign-out", EndAsync).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> EndAsync(HttpContext context, IAntiforgery antiforgery, PasswordSignIn signIn)
    {
        if (context.User.Identity?.IsAuthenticated == true)
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.BadRequest();
            }

            await signIn.EndAsync();
        }

        return Results.LocalRedirect("~/sign-in");
    }
}
