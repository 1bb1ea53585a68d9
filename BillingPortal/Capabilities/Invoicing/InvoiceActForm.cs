using System.Collections.Immutable;
using System.Globalization;
using System.Net.Mail;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>What can be done with an invoice.</summary>
public enum InvoiceAct
{
    /// <summary>Give a draft its number.</summary>
    Issue,

    /// <summary>Mail it.</summary>
    Send,

    /// <summary>Book a payment.</summary>
    Pay,

    /// <summary>Take it back, or part of it, by a credit note.</summary>
    Credit,

    /// <summary>Take it back whole.</summary>
    Void,

    /// <summary>Give up what is outstanding.</summary>
    WriteOff,
}

/// <summary>What a person asks to be done with an invoice. Equal forms are one wish.</summary>
public sealed record InvoiceActForm
{
    /// <summary>The longest address.</summary>
    public const int MaxAddressLength = 254;

    /// <summary>What.</summary>
    public InvoiceAct Act { get; init; }

    /// <summary>Of a payment: units, above zero.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Of a payment: the bank's or provider's reference.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Why: of a credit note, a voiding, a giving up.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Of a credit note: true for all that is left.</summary>
    public bool Whole { get; init; } = true;

    /// <summary>Of a credit note of parts: the lines with their units before tax, as <c>4=64.20;7=1</c>.</summary>
    public string Lines { get; init; } = "";

    /// <summary>Of a mail: the address.</summary>
    public string To { get; init; } = "";

    /// <summary>The lines that are meant.</summary>
    public ImmutableArray<CreditedLine> Credited(Currency currency) => Whole ? [] : [.. Pairs(Lines).Select(pair => new CreditedLine(pair.Line, Money.Of(pair.Units, currency).Micros))];

    /// <summary>The same with another amount of a line; null takes it out.</summary>
    public InvoiceActForm With(int line, decimal? units)
    {
        var pairs = Pairs(Lines).Where(pair => pair.Line != line).Concat(units is { } kept ? [(line, kept)] : Array.Empty<(int Line, decimal Units)>()).OrderBy(pair => pair.Line);
        return this with { Lines = string.Join(';', pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Line}={pair.Units}"))) };
    }

    /// <summary>What cannot be meant; the rest, the decision says.</summary>
    public ImmutableArray<FieldError> Errors() => Act switch
    {
        InvoiceAct.Pay when Amount is null => [new FieldError(nameof(Amount), "required", "Say how much was paid.")],
        InvoiceAct.Credit when !Whole && Lines.Length == 0 => [new FieldError(nameof(Lines), "required", "Say how much of which line is taken back.")],
        InvoiceAct.Credit or InvoiceAct.Void or InvoiceAct.WriteOff when Reason.Trim().Length == 0 => [new FieldError(nameof(Reason), "required", "Say why.")],
        InvoiceAct.Send when To.Length > MaxAddressLength || To.Any(char.IsControl) || !MailAddress.TryCreate(To.Trim(), out _) =>
            [new FieldError(nameof(To), "not_an_address", "Write one mail address, as billing@example.com.")],
        _ => [],
    };

    private static IEnumerable<(int Line, decimal Units)> Pairs(string lines) => lines.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
        .Select(pair => (int.Parse(pair[0], CultureInfo.InvariantCulture), decimal.Parse(pair[1], CultureInfo.InvariantCulture)));
}
