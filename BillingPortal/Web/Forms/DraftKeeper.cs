using Microsoft.JSInterop;

namespace BillingPortal.Web.Forms;

/// <summary>
/// Keeps a form's draft in the browser's tab (sessionStorage), so that it survives a lost circuit or a reload. Drafts are lost with the
/// tab and never reach the server. Usable from <c>OnAfterRenderAsync</c> on, not while prerendering.
/// </summary>
public sealed class DraftKeeper(IJSRuntime browser)
{
    /// <summary>Keeps <paramref name="draft"/> under <paramref name="key"/>, in place of what was kept there.</summary>
    /// <param name="key">The page and what it is about, as in <c>adjust/10482</c>.</param>
    /// <param name="draft">The form; written as JSON.</param>
    public async Task KeepAsync<T>(string key, T draft) => await TryAsync(() => browser.InvokeVoidAsync("portal.keepDraft", key, draft));

    /// <summary>What is kept under <paramref name="key"/>, or null.</summary>
    public async Task<T?> FindAsync<T>(string key)
        where T : class
    {
        T? draft = null;
        await TryAsync(async () => { draft = await browser.InvokeAsync<T?>("portal.findDraft", key); });
        return draft;
    }

    /// <summary>Forgets what is kept under <paramref name="key"/>: it was submitted or thrown away.</summary>
    public async Task ForgetAsync(string key) => await TryAsync(() => browser.InvokeVoidAsync("portal.forgetDraft", key));

    /// <summary>A draft is a kindness: a circuit just lost, or a draft of an older form, must not break the page.</summary>
    private static async Task TryAsync(Func<ValueTask> act)
    {
        try
        {
            await act();
        }
        catch (Exception lost) when (lost is JSException or JSDisconnectedException or OperationCanceledException or System.Text.Json.JsonException)
        {
            return;
        }
    }
}
