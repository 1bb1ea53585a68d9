using System.Text;
using Microsoft.Playwright;

namespace BillingPortal.E2E.Journeys;

/// <summary>The line between a browser and the portal, to be cut in the middle of things. Lay it before the page is opened.</summary>
internal sealed class Line
{
    private readonly List<IWebSocketRoute> _open = [];
    private bool _cut;
    private bool _listening;

    /// <summary>Puts itself between the page and the portal.</summary>
    public Task LayAsync(IPage page) => page.RouteWebSocketAsync(url => url.Contains("/_blazor", StringComparison.Ordinal), Connect);

    /// <summary>Closes it, and lets nothing through again until it is mended.</summary>
    public async Task CutAsync()
    {
        _cut = true;
        foreach (var socket in _open)
        {
            await socket.CloseAsync(new() { Code = 3001, Reason = "cut" });
        }
    }

    /// <summary>From the moment on when the browser has kept the submitted draft, it hears nothing more of the portal.</summary>
    public void DeafenAfterDraft() => _listening = true;

    /// <summary>New connections pass again; one that became deaf stays so, whatever the portal still has to say on it.</summary>
    public Task MendAsync()
    {
        (_cut, _listening) = (false, false);
        return Task.CompletedTask;
    }

    private void Connect(IWebSocketRoute browser)
    {
        if (_cut)
        {
            _ = browser.CloseAsync(new() { Code = 3001, Reason = "cut" });
            return;
        }

        var portal = browser.ConnectToServer();
        var deaf = false;
        _open.Add(browser);
        browser.OnMessage(frame =>
        {
            deaf |= _listening && Says(frame, "EndInvokeJSFromDotNet");
            Pass(frame, portal);
        });
        portal.OnMessage(frame =>
        {
            if (!deaf)
            {
                Pass(frame, browser);
            }
        });
    }

    private static bool Says(IWebSocketFrame frame, string word) =>
        frame.Binary is { } bytes && Encoding.Latin1.GetString(bytes).Contains(word, StringComparison.Ordinal);

    private static void Pass(IWebSocketFrame frame, IWebSocketRoute to)
    {
        if (frame.Binary is { } bytes)
        {
            to.Send(bytes);
        }
        else
        {
            to.Send(frame.Text ?? "");
        }
    }
}
