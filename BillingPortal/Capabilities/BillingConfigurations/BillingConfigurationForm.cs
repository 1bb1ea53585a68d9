using System.Text.Json;
using System.Text.Json.Nodes;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using FluentValidation;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>What a person fills in about how an organization is billed. Texts as typed; empty for nothing.</summary>
public sealed record BillingConfigurationForm
{
    /// <summary>Whether later charges are paid before or after.</summary>
    public ChargingModel Model { get; init; }

    /// <summary>A payment term's id.</summary>
    public int PaymentTerm { get; init; }

    /// <summary>A VAT rate's id; 0 for what the law says.</summary>
    public int VatRate { get; init; }

    /// <summary>Further words of the issuer.</summary>
    public string IssuerInfo { get; init; } = "";

    /// <summary>How it pays: lines of <c>name: value</c>.</summary>
    public string PaymentData { get; init; } = "";

    /// <summary>What is set.</summary>
    public static BillingConfigurationForm Of(BillingConfig config, ChargingModel model) => new()
    {
        Model = model,
        PaymentTerm = config.PaymentTerm ?? Domain.Invoices.PaymentTerm.Default.Id,
        VatRate = config.VatRate ?? 0,
        IssuerInfo = config.IssuerInfo ?? "",
        PaymentData = PaymentLines.Of(config.PaymentData) ?? "",
    };

    /// <summary>What it wishes beyond <paramref name="shown"/>: what was not touched stays, whatever somebody else makes of it meanwhile.</summary>
    public BillingConfigWish Over(BillingConfigurationForm shown) => new()
    {
        ChargingModel = Model == shown.Model ? null : Model,
        PaymentTerm = PaymentTerm == shown.PaymentTerm ? null : PaymentTerm,
        VatRate = VatRate == shown.VatRate || VatRate == 0 ? null : VatRate,
        WithoutVatRate = VatRate == 0 && shown.VatRate != 0,
        IssuerInfo = Changed(IssuerInfo, shown.IssuerInfo) ? Setting.To(IssuerInfo.Trim().Length == 0 ? null : IssuerInfo.Trim().ReplaceLineEndings("\n")) : default,
        PaymentData = Changed(PaymentData, shown.PaymentData) ? Setting.To(PaymentLines.Read(PaymentData)) : default,
    };

    private static bool Changed(string typed, string shown) => typed.Trim().ReplaceLineEndings("\n") != shown.Trim().ReplaceLineEndings("\n");
}

/// <summary>Payment data as people write it: a line for each name and value. Programs keep any JSON object there.</summary>
public static class PaymentLines
{
    /// <summary>The lines of a JSON object whose values are texts or numbers; null where a program keeps something deeper there.</summary>
    public static string? Of(string? json)
    {
        if (json is null)
        {
            return "";
        }

        using var document = JsonDocument.Parse(json);
        var fields = document.RootElement.EnumerateObject().ToList();
        return fields.TrueForAll(field => field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && Reads($"{field.Name}: {field.Value}"))
            ? string.Join('\n', fields.Select(field => $"{field.Name}: {field.Value}"))
            : null;

        bool Reads(string line) => !line.Contains('\n', StringComparison.Ordinal) && line.IndexOf(':', StringComparison.Ordinal) is > 0;
    }

    /// <summary>The object of such lines; null where there are none.</summary>
    public static string? Read(string lines)
    {
        var fields = new JsonObject();
        foreach (var line in Lines(lines))
        {
            var (name, value) = Split(line);
            fields[name] = value;
        }

        return fields.Count == 0 ? null : fields.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>The first line that cannot be meant; null where all can.</summary>
    public static string? Wrong(string lines)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return Lines(lines).FirstOrDefault(line => line.IndexOf(':', StringComparison.Ordinal) < 1 || !names.Add(Split(line).Name));
    }

    private static string[] Lines(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string Name, string Value) Split(string line) => (line[..line.IndexOf(':', StringComparison.Ordinal)].Trim(), line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
}

/// <summary>The rules of that form.</summary>
public sealed class BillingConfigurationFormRules : AbstractValidator<BillingConfigurationForm>
{
    /// <summary>The rules as data: nothing in them changes.</summary>
    public static BillingConfigurationFormRules Instance { get; } = new();

    private BillingConfigurationFormRules()
    {
        RuleFor(form => form.IssuerInfo).MaximumLength(BillingConfig.MaxText).WithErrorCode("too_long").WithMessage($"At most {BillingConfig.MaxText} characters are kept.");
        RuleFor(form => form.PaymentData).Cascade(CascadeMode.Stop)
            .MaximumLength(BillingConfig.MaxText / 2).WithErrorCode("too_long").WithMessage($"At most {BillingConfig.MaxText / 2} characters are kept.")
            .Must(lines => PaymentLines.Wrong(lines) is null).WithErrorCode("not_a_line")
            .WithMessage(form => $"Write each line as name: value, each name once. “{PaymentLines.Wrong(form.PaymentData)}” is not.");
    }
}
