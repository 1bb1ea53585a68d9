using System.Text;
using BillingPortal.Domain;

namespace BillingPortal.Web.Csv;

/// <summary>How a route answers with a file, or says why there is none.</summary>
internal static class FileAnswers
{
    /// <summary>Begins a text file, to be sent as it is written.</summary>
    /// <param name="http">The request's context.</param>
    /// <param name="type">The media type.</param>
    /// <param name="name">The file's name: ASCII without blanks.</param>
    /// <param name="withMark">True where spreadsheets want to be told that it is UTF-8.</param>
    public static StreamWriter BeginFile(this HttpContext http, string type, string name, bool withMark)
    {
        http.Response.ContentType = type + "; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=" + name;
        http.Response.Headers.CacheControl = "no-store";
        return new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: withMark));
    }

    /// <summary>Says why there is no file.</summary>
    public static async Task RefuseFileAsync<T>(this HttpContext http, Outcome<T> outcome)
    {
        var (status, reason) = outcome.Match(
            done: _ => throw new InvalidOperationException("Nothing is refused."),
            invalid: errors => (StatusCodes.Status400BadRequest, string.Join(' ', errors.Select(error => $"{error.Field}: {error.Message}"))),
            refused: refusal => (refusal.Code == RefusalCode.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status422UnprocessableEntity, refusal.Message),
            needsApproval: _ => (StatusCodes.Status403Forbidden, "Approval is needed."),
            unknown: why => (StatusCodes.Status503ServiceUnavailable, why),
            notFound: what => (StatusCodes.Status404NotFound, what),
            stale: why => (StatusCodes.Status409Conflict, why));
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync("There is no file. " + reason, http.RequestAborted);
    }
}
