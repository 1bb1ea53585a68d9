using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>Rated usage as programs see it: what it was priced by and what it came to, to the last decimal.</summary>
/// <param name="Number">The line's number within the organization.</param>
/// <param name="Href">Where it can be read again.</param>
/// <param name="Organization">The organization's UUID.</param>
/// <param name="Service">What was used.</param>
/// <param name="Ratezone">Where; empty where it was not said.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Unit">What a quantity of one is; empty where the tariff does not say.</param>
/// <param name="OccurredAt">When it was used.</param>
/// <param name="Period">The month whose rates hold, as 2026-03.</param>
/// <param name="Included">How much an inclusive volume or a data package covers.</param>
/// <param name="Charged">How much is charged.</param>
/// <param name="Parts">Its parts, each with its one price.</param>
/// <param name="Amount">What it costs, exactly, in the currency's units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="CarriedOut">What service and organization carry on below a millionth after it.</param>
/// <param name="Entry">The journal entry that it went into; null where it came to no millionth.</param>
/// <param name="Supersedes">The line whose place it took when it was rated again; null for a report.</param>
public sealed record RatedUsageAnswer(
    long Number, string Href, Guid Organization, string Service, string Ratezone, string Quantity, string Unit, string OccurredAt, string Period, string Included,
    string Charged, IReadOnlyList<RatedPartAnswer> Parts, string Amount, string Currency, string CarriedOut, string? Entry, long? Supersedes)
{
    /// <summary>The answer for a line.</summary>
    public static RatedUsageAnswer Of(Organization organization, RatedLine line) => new(
        line.Number, $"/organizations/{organization.Uuid}/usage/{line.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}", organization.Uuid, line.Service, line.Ratezone, $"{line.Quantity}",
        line.Unit, line.OccurredAt.ToString(), $"{line.Period}", $"{line.Included}", $"{line.Charged}",
        [.. line.Parts.Select(part => new RatedPartAnswer(NameOf(part.By), part.Id, $"{part.Quantity}", $"{part.Rate}", $"{part.Amount}"))],
        $"{line.Amount}", organization.Currency, $"{line.CarriedOut}",
        line.EntrySeq is { } seq ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{line.Ledger}/{seq}") : null, line.Supersedes);

    private static string NameOf(RatedBy by) => by switch
    {
        RatedBy.Package => "data_package",
        RatedBy.Volume => "inclusive_volume",
        RatedBy.Custom => "custom_rate",
        _ => "tariff_rate",
    };
}

/// <summary>A part of rated usage.</summary>
/// <param name="By">By what it is priced: data_package, inclusive_volume, custom_rate, tariff_rate.</param>
/// <param name="Id">Its number.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Rate">The price of one unit.</param>
/// <param name="Amount">Quantity × rate, exactly.</param>
public sealed record RatedPartAnswer(string By, long Id, string Quantity, string Rate, string Amount);
