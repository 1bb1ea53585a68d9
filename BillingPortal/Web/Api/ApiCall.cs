using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;

namespace BillingPortal.Web.Api;

/// <summary>
/// One call of a program that wishes to change something, read as far as every contract reads alike: the organization in the route, the
/// <c>Idempotency-Key</c>, and the body as JSON whatever it is labelled.
/// </summary>
public sealed class ApiCall : IDisposable
{
    /// <summary>The largest body, in bytes: every command fits many times over.</summary>
    public const int MaxBody = 16 * 1024;

    /// <summary>The header that makes a repeated request the same request.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private readonly JsonDocument? _json;

    private ApiCall(Guid organization, string? key, Hash256 requestHash, JsonDocument? json) =>
        (Organization, Key, RequestHash, _json) = (organization, key, requestHash, json);

    /// <summary>The organization's UUID.</summary>
    public Guid Organization { get; }

    /// <summary>The key; null where none was sent.</summary>
    public string? Key { get; }

    /// <summary>SHA-256 of method, route and body.</summary>
    public Hash256 RequestHash { get; }

    /// <summary>Reads the request; a problem where it cannot be read at all.</summary>
    public static async Task<(ApiCall? Call, Problem? Problem)> ReadAsync(HttpContext context, Guid organization, string route, bool keyRequired = false)
    {
        if (KeyOf(context.Request, keyRequired, out var key) is { } badKey)
        {
            return (null, badKey);
        }

        if (!IsJson(context.Request.ContentType))
        {
            return (null, Problem.OfStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        if (await BodyAsync(context) is not { } body)
        {
            return (null, Problem.Of("body_too_large", $"The body is larger than {MaxBody} bytes. Nothing was done."));
        }

        var hash = new CanonicalForm().Add(route).Add(organization.ToString()).Add(Hash256.Over(body)).Hash();
        return (new ApiCall(organization, key, hash, Parse(body)), null);
    }

    /// <summary>The form that <paramref name="read"/> finds in the body, or what is wrong with it, all of it at once.</summary>
    public Outcome<TForm> Form<TForm>(Func<JsonFields, TForm> read)
    {
        if (_json is not { RootElement: { ValueKind: JsonValueKind.Object } root })
        {
            return new Outcome<TForm>.Invalid([new FieldError("", "malformed_json", "The body must be one JSON object, in UTF-8, without a field twice.")]);
        }

        var fields = new JsonFields(root);
        var form = read(fields);
        return fields.Errors is { IsEmpty: false } errors ? new Outcome<TForm>.Invalid(errors) : new Outcome<TForm>.Done(form);
    }

    /// <inheritdoc />
    public void Dispose() => _json?.Dispose();

    private static Problem? KeyOf(HttpRequest request, bool required, out string? key)
    {
        var sent = request.Headers[KeyHeader];
        key = sent.Count == 1 ? sent[0] : null;
        return (sent.Count, key) switch
        {
            (0, _) when required => Problem.Of("idempotency_key_required", $"Send {KeyHeader}: a word of your own, new for each new wish and the same when you repeat one."),
            (0, _) => null,
            (1, { Length: > 0 and <= MoneyCommand.MaxKeyLength }) when key!.All(c => c is >= ' ' and <= '~') => null,
            _ => Problem.Of("idempotency_key_invalid", $"{KeyHeader} must be sent once, with 1 to {MoneyCommand.MaxKeyLength} printable ASCII characters."),
        };
    }

    /// <summary>A published client labels its JSON text/plain, and some send no label at all; what is labelled something else is something else.</summary>
    private static bool IsJson(string? contentType) => contentType is null or "" || (MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.CharSet?.Trim('"').ToUpperInvariant() is null or "UTF-8" or "UTF8" or "US-ASCII"
        && (type.MediaType is { } media && (media.ToUpperInvariant() is "APPLICATION/JSON" or "TEXT/PLAIN" or "TEXT/JSON" || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase))));

    private static async Task<byte[]?> BodyAsync(HttpContext context)
    {
        var body = new byte[MaxBody + 1];
        var length = 0;
        int read;
        while (length < body.Length && (read = await context.Request.Body.ReadAsync(body.AsMemory(length), context.RequestAborted)) > 0)
        {
            length += read;
        }

        return length > MaxBody ? null : body[..length];
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            // The parser looks at a string's bytes only where it is read.
            var text = body.AsMemory();
            return !Utf8.IsValid(body) ? null : JsonDocument.Parse(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second is a field's name that holds half a surrogate pair.
            return null;
        }
    }
}
