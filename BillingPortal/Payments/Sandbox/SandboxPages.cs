using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Payments.Sandbox;

/// <summary>
/// The sandbox's own pages: they stand in for the provider's, so they look like nobody's, ask for no sign-in and work without scripts. Whoever has
/// the address may act; it holds an id that cannot be guessed.
/// </summary>
internal static class SandboxPages
{
    /// <summary>Where a card is typed.</summary>
    public const string SetupPath = "/sandbox/setup/";

    /// <summary>Where a payment is confirmed or disputed.</summary>
    public const string PaymentPath = "/sandbox/payments/";

    /// <summary>Maps them.</summary>
    public static void MapSandboxPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(16 * 1024));
        pages.MapGet(SetupPath + "{setup}", ShowSetupAsync);
        pages.MapPost(SetupPath + "{setup}", TakeCardAsync);
        pages.MapGet(PaymentPath + "{payment}", ShowPaymentAsync);
        pages.MapPost(PaymentPath + "{payment}", ChangePaymentAsync);
    }

    private static async Task<IResult> ShowSetupAsync(string setup, SandboxDesk desk, CancellationToken cancel) =>
        await desk.FindSetupAsync(setup, cancel) switch
        {
            null => SandboxHtml.Nothing(),
            { Organization: not 0, Method: not null } => SandboxHtml.Taken(),
            { } begun => SandboxHtml.Setup(begun, refusal: null),
        };

    private static async Task<IResult> TakeCardAsync(string setup, HttpRequest request, SandboxDesk desk, CancellationToken cancel)
    {
        var form = await FormAsync(request, cancel);
        var number = form["number"].ToString() is { Length: > 0 } typed ? typed : form["pick"].ToString();
        return await desk.TakeAsync(setup, number, form["month"].ToString(), form["year"].ToString(), cancel) switch
        {
            { ReturnTo: { } back } => Results.Redirect(back.ToString()),
            { Refusal: { } refusal } => SandboxHtml.Setup((await desk.FindSetupAsync(setup, cancel))!, refusal),
            { } => SandboxHtml.Taken(),
            _ => SandboxHtml.Nothing(),
        };
    }

    private static async Task<IResult> ShowPaymentAsync(string payment, SandboxDesk desk, CancellationToken cancel) =>
        await desk.FindPaymentAsync(payment, cancel) is ({ } found, { } card, _) ? SandboxHtml.Payment(found, card) : SandboxHtml.Nothing();

    private static async Task<IResult> ChangePaymentAsync(string payment, HttpRequest request, SandboxDesk desk, CancellationToken cancel)
    {
        var form = await FormAsync(request, cancel);
        await (form["act"].ToString() switch
        {
            "confirm" => desk.ConfirmAsync(payment, passed: true, cancel),
            "fail" => desk.ConfirmAsync(payment, passed: false, cancel),
            "dispute" => desk.DisputeAsync(payment, cancel),
            "win" => desk.CloseDisputeAsync(payment, won: true, cancel),
            "lose" => desk.CloseDisputeAsync(payment, won: false, cancel),
            _ => Task.CompletedTask,
        });
        return await desk.FindPaymentAsync(payment, cancel) switch
        {
            null => SandboxHtml.Nothing(),
            { Payment.ReturnTo: { } waiting } when form["act"].ToString() is "confirm" or "fail" => Results.Redirect(waiting),
            _ => Results.LocalRedirect("~" + PaymentPath + payment),
        };
    }

    private static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancel) =>
        request.HasFormContentType ? await request.ReadFormAsync(cancel) : FormCollection.Empty;
}
