using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Store.Reading;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>
/// What is asked of a list of invoices, as an address carries it: <c>status</c>, <c>kind</c>, <c>period</c> (2026-10), <c>overdue</c> (1) and
/// <c>q</c>: how a number begins, its last digits, or the payer.
/// </summary>
public sealed record InvoiceForm
{
    /// <summary>The names in the address, in the order they are shown.</summary>
    public static readonly ImmutableArray<string> Keys = ["status", "kind", "period", "overdue", "q"];

    private readonly ImmutableDictionary<string, string> _values;

    /// <summary>Takes the values that <paramref name="read"/> gives for <see cref="Keys"/>.</summary>
    public InvoiceForm(Func<string, string?> read) => _values = Keys
        .Select(key => KeyValuePair.Create(key, read(key)?.Trim() ?? "")).Where(pair => pair.Value.Length > 0).ToImmutableDictionary();

    /// <summary>What is asked under <paramref name="key"/>; empty for nothing.</summary>
    public string this[string key] => _values.GetValueOrDefault(key, "");

    /// <summary>True where anything is asked.</summary>
    public bool IsFiltered => !_values.IsEmpty;

    /// <summary>The filter that is meant, and what cannot be meant.</summary>
    public (InvoiceFilter Filter, ImmutableArray<FieldError> Errors) Read(DateOnly today)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        T? Take<T>(string key, Func<string, T?> read, string wanted)
            where T : struct
        {
            if (!_values.TryGetValue(key, out var text))
            {
                return null;
            }

            var value = read(text);
            if (value is null)
            {
                errors.Add(new FieldError(key, "not_understood", $"“{text}” is not {wanted}."));
            }

            return value;
        }

        var filter = new InvoiceFilter
        {
            Status = Take("status", text => InvoiceWords.Statuses.Where(line => line.Code == text).Select(line => (InvoiceStatus?)line.Status).FirstOrDefault(), "where an invoice can stand"),
            Kind = Take("kind", text => InvoiceWords.Kinds.Where(line => line.Code == text).Select(line => (InvoiceKind?)line.Kind).FirstOrDefault(), "a kind of document"),
            Period = Take("period", Month, "a month, as 2026-10"),
            OverdueOn = Take<DateOnly>("overdue", text => text == "1" ? today : null, "1"),
            Number = _values.TryGetValue("q", out var named) ? NumberName.Of(named, today.Year) : null,
            OrPayer = _values.GetValueOrDefault("q")?.Replace("\0", "", StringComparison.Ordinal),
        };
        return (filter, errors.ToImmutable());
    }

    private static int? Month(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? new BillingPeriod((month.Year * 100) + month.Month).Number : null;
}
