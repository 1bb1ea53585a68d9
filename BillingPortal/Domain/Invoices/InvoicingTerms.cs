namespace BillingPortal.Domain.Invoices;

/// <summary>When an invoice is to be paid: data. The numbers are contract 4's.</summary>
/// <param name="Id">Contract 4's id.</param>
/// <param name="Name">For people.</param>
/// <param name="Days">Days from issue to due.</param>
public sealed record PaymentTerm(int Id, string Name, int Days)
{
    /// <summary>Every term.</summary>
    public static IReadOnlyList<PaymentTerm> All { get; } =
    [
        new(1, "30 days", 30), new(2, "14 days", 14), new(3, "On receipt", 0), new(4, "7 days", 7), new(5, "45 days", 45), new(6, "60 days", 60), new(7, "90 days", 90),
    ];

    /// <summary>What holds where nothing was chosen.</summary>
    public static PaymentTerm Default => All[0];

    /// <summary>The term of <paramref name="id"/>, or null.</summary>
    public static PaymentTerm? Find(int? id) => All.FirstOrDefault(term => term.Id == id);
}

/// <summary>A rate of value added tax, or of a tax like it, with the days on which it holds.</summary>
/// <param name="Id">Contract 4's id; stored, never reused.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Name">For people: "Standard", "Reduced".</param>
/// <param name="BasisPoints">Hundredths of a percent.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day; null for no end.</param>
/// <param name="IsStandard">True for the country's standard rate.</param>
public sealed record VatRate(int Id, string Country, string Name, int BasisPoints, DateOnly From, DateOnly? Until, bool IsStandard);
