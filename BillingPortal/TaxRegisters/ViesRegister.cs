using System.Net.Http.Json;
using System.Text.Json;

namespace BillingPortal.TaxRegisters;

/// <summary>
/// VIES, the European Commission's register of VAT numbers, through its REST interface (<c>POST {base}/check-vat-number</c>). Each state answers for its own numbers, and
/// is often not there: that is no answer, not a no. Nothing of what is asked or answered goes to the log.
/// </summary>
internal sealed class ViesRegister(HttpClient client, Uri baseUrl) : ITaxRegister
{
    private const int LongestName = 200;

    public string Name => "VIES";

    public async Task<TaxRegisterAnswer> AskAsync(string number, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync(new Uri(baseUrl, "check-vat-number"), new Question(number[..2], number[2..]), cancel);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
            return Read(answer.IsSuccessStatusCode, body.RootElement);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or JsonException || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new TaxRegisterAnswer.Silent("VIES did not answer.");
        }
    }

    private static TaxRegisterAnswer Read(bool success, JsonElement body)
    {
        var fault = Fault(body);
        if (fault is "INVALID_INPUT")
        {
            return new TaxRegisterAnswer.NotKnown();
        }

        if (!success || fault is not (null or "VALID" or "INVALID"))
        {
            return new TaxRegisterAnswer.Silent(fault is "MS_UNAVAILABLE" or "MS_MAX_CONCURRENT_REQ" ? "The state that gave the number out does not answer VIES now." : "VIES is not available now.");
        }

        return Member(body, "valid") switch
        {
            { ValueKind: JsonValueKind.True } => new TaxRegisterAnswer.Known(NameIn(body)),
            { ValueKind: JsonValueKind.False } => new TaxRegisterAnswer.NotKnown(),
            _ => new TaxRegisterAnswer.Silent("VIES answered something else."),
        };
    }

    /// <summary>The word for what went wrong: among the wrapped errors, or beside an answer that then means nothing.</summary>
    private static string? Fault(JsonElement body) => Member(body, "errorWrappers") is { ValueKind: JsonValueKind.Array } errors
        ? errors.EnumerateArray().Select(error => Text(error, "error")).FirstOrDefault() ?? "UNKNOWN"
        : Text(body, "userError");

    /// <summary>Some states write hyphens for a name they do not tell.</summary>
    private static string? NameIn(JsonElement body) => Text(body, "name")?.Trim() is { Length: > 0 } name && name.Trim('-', ' ').Length > 0
        ? new string([.. name.Where(letter => !char.IsControl(letter)).Take(LongestName)])
        : null;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private sealed record Question(string CountryCode, string VatNumber);
}

/// <summary>No register is connected.</summary>
internal sealed class UnsetRegister : ITaxRegister
{
    public string? Name => null;

    public Task<TaxRegisterAnswer> AskAsync(string number, CancellationToken cancel) =>
        Task.FromResult<TaxRegisterAnswer>(new TaxRegisterAnswer.Silent("No register of tax numbers is connected to this portal."));
}
