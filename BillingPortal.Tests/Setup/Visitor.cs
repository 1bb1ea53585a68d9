using System.Net;
using System.Text.RegularExpressions;

namespace BillingPortal.Tests.Setup;

/// <summary>Somebody at a browser without scripts: keeps cookies, follows no redirect by itself, sends the forms that a page holds.</summary>
internal sealed partial class Visitor(HttpClient client) : IDisposable
{
    /// <summary>For what this has no word for.</summary>
    public HttpClient Client => client;

    /// <summary>Asks for a page.</summary>
    public Task<HttpResponseMessage> GetAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return client.SendAsync(request);
    }

    /// <summary>The status that a page answers with.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await GetAsync(path);
        return answer.StatusCode;
    }

    /// <summary>Reads the page at <paramref name="path"/> and sends its form <paramref name="name"/> with these fields.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string name, params (string Field, string Value)[] fields)
    {
        using var page = await GetAsync(path);
        var html = await page.Content.ReadAsStringAsync();
        var sent = new Dictionary<string, string>(StringComparer.Ordinal) { ["_handler"] = name, ["__RequestVerificationToken"] = TokenIn(html) };
        foreach (var (field, value) in fields)
        {
            sent[field] = value;
        }

        using var content = new FormUrlEncodedContent(sent);
        return await client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Signs in on the page <c>/sign-in</c>.</summary>
    public Task<HttpResponseMessage> SignInAsync(string email, string password = Portal.Password, string path = "/sign-in") =>
        SendAsync(path, "sign-in", ("Form.Email", email), ("Form.Password", password));

    /// <summary>The antiforgery token of a page's first form.</summary>
    public static string TokenIn(string html) => WebUtility.HtmlDecode(Token().Match(html).Groups["token"].Value);

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]*)""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
