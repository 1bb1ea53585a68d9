using System.Collections.Immutable;

namespace BillingPortal.Domain.Invoices;

/// <summary>
/// Rates of value added tax with the days on which they hold, as data: every state of the European Union, the United Kingdom, Switzerland and Norway.
/// Sources: the European Commission's list of VAT rates applied in the member states, HM Revenue &amp; Customs, the Swiss Federal Tax Administration and
/// the Norwegian Tax Administration: compare with them before relying on a rate that changed lately. A change of the law is a new line, and the end of the old one.
/// </summary>
public static class VatRates
{
    private const string Standard = "Standard";

    private static readonly ImmutableArray<VatRate> Lines =
    [
        Line(101, "AT", "Standard", 2000, (1984, 1, 1)), Line(102, "AT", "Reduced", 1000, (1984, 1, 1)), Line(103, "AT", "Reduced, second", 1300, (2016, 1, 1)),
        Line(201, "BE", "Standard", 2100, (1996, 1, 1)), Line(202, "BE", "Reduced", 1200, (1996, 1, 1)), Line(203, "BE", "Reduced, second", 600, (1996, 1, 1)),
        Line(301, "BG", "Standard", 2000, (1999, 1, 1)), Line(302, "BG", "Reduced", 900, (2011, 4, 1)),
        Line(401, "CY", "Standard", 1900, (2014, 1, 13)), Line(402, "CY", "Reduced", 900, (2014, 1, 13)), Line(403, "CY", "Reduced, second", 500, (2004, 5, 1)),
        Line(404, "CY", "Super-reduced", 300, (2023, 7, 21)),
        Line(501, "CZ", "Standard", 2100, (2013, 1, 1)), Line(502, "CZ", "Reduced", 1500, (2013, 1, 1), (2023, 12, 31)),
        Line(503, "CZ", "Reduced, second", 1000, (2015, 1, 1), (2023, 12, 31)), Line(504, "CZ", "Reduced", 1200, (2024, 1, 1)),
        Line(601, "DE", "Standard", 1900, (2007, 1, 1), (2020, 6, 30)), Line(602, "DE", "Standard", 1600, (2020, 7, 1), (2020, 12, 31)),
        Line(603, "DE", "Standard", 1900, (2021, 1, 1)), Line(604, "DE", "Reduced", 700, (1983, 7, 1), (2020, 6, 30)),
        Line(605, "DE", "Reduced", 500, (2020, 7, 1), (2020, 12, 31)), Line(606, "DE", "Reduced", 700, (2021, 1, 1)),
        Line(701, "DK", "Standard", 2500, (1992, 1, 1)),
        Line(801, "EE", "Standard", 2000, (2009, 7, 1), (2023, 12, 31)), Line(802, "EE", "Standard", 2200, (2024, 1, 1), (2025, 6, 30)),
        Line(803, "EE", "Standard", 2400, (2025, 7, 1)), Line(804, "EE", "Reduced", 900, (2009, 1, 1)), Line(805, "EE", "Reduced, second", 1300, (2025, 1, 1)),
        Line(901, "ES", "Standard", 2100, (2012, 9, 1)), Line(902, "ES", "Reduced", 1000, (2012, 9, 1)), Line(903, "ES", "Super-reduced", 400, (1995, 1, 1)),
        Line(1001, "FI", "Standard", 2400, (2013, 1, 1), (2024, 8, 31)), Line(1002, "FI", "Standard", 2550, (2024, 9, 1)),
        Line(1003, "FI", "Reduced", 1400, (2013, 1, 1), (2025, 12, 31)), Line(1004, "FI", "Reduced", 1350, (2026, 1, 1)),
        Line(1005, "FI", "Reduced, second", 1000, (2013, 1, 1)),
        Line(1101, "FR", "Standard", 2000, (2014, 1, 1)), Line(1102, "FR", "Reduced", 1000, (2014, 1, 1)), Line(1103, "FR", "Reduced, second", 550, (1982, 7, 1)),
        Line(1104, "FR", "Super-reduced", 210, (1986, 7, 1)),
        Line(1201, "GR", "Standard", 2400, (2016, 6, 1)), Line(1202, "GR", "Reduced", 1300, (2011, 1, 1)), Line(1203, "GR", "Reduced, second", 600, (2015, 7, 20)),
        Line(1301, "HR", "Standard", 2500, (2012, 3, 1)), Line(1302, "HR", "Reduced", 1300, (2014, 1, 1)), Line(1303, "HR", "Reduced, second", 500, (2013, 1, 1)),
        Line(1401, "HU", "Standard", 2700, (2012, 1, 1)), Line(1402, "HU", "Reduced", 1800, (2009, 7, 1)), Line(1403, "HU", "Reduced, second", 500, (2004, 1, 1)),
        Line(1501, "IE", "Standard", 2300, (2012, 1, 1), (2020, 8, 31)), Line(1502, "IE", "Standard", 2100, (2020, 9, 1), (2021, 2, 28)),
        Line(1503, "IE", "Standard", 2300, (2021, 3, 1)), Line(1504, "IE", "Reduced", 1350, (2003, 1, 1)), Line(1505, "IE", "Reduced, second", 900, (2011, 7, 1)),
        Line(1506, "IE", "Super-reduced", 480, (2005, 1, 1)), Line(1507, "IE", "Zero", 0, (1972, 11, 1)),
        Line(1601, "IT", "Standard", 2200, (2013, 10, 1)), Line(1602, "IT", "Reduced", 1000, (1995, 2, 24)), Line(1603, "IT", "Reduced, second", 500, (2016, 1, 1)),
        Line(1604, "IT", "Super-reduced", 400, (1989, 1, 1)),
        Line(1701, "LT", "Standard", 2100, (2009, 9, 1)), Line(1702, "LT", "Reduced", 900, (2000, 5, 1), (2025, 12, 31)),
        Line(1703, "LT", "Reduced", 1200, (2026, 1, 1)), Line(1704, "LT", "Reduced, second", 500, (2004, 5, 1)),
        Line(1801, "LU", "Standard", 1700, (2015, 1, 1), (2022, 12, 31)), Line(1802, "LU", "Standard", 1600, (2023, 1, 1), (2023, 12, 31)),
        Line(1803, "LU", "Standard", 1700, (2024, 1, 1)), Line(1804, "LU", "Reduced", 1400, (2015, 1, 1), (2022, 12, 31)),
        Line(1805, "LU", "Reduced", 1300, (2023, 1, 1), (2023, 12, 31)), Line(1806, "LU", "Reduced", 1400, (2024, 1, 1)),
        Line(1807, "LU", "Reduced, second", 800, (2015, 1, 1), (2022, 12, 31)), Line(1808, "LU", "Reduced, second", 700, (2023, 1, 1), (2023, 12, 31)),
        Line(1809, "LU", "Reduced, second", 800, (2024, 1, 1)), Line(1810, "LU", "Super-reduced", 300, (1983, 1, 1)),
        Line(1901, "LV", "Standard", 2100, (2012, 7, 1)), Line(1902, "LV", "Reduced", 1200, (2011, 1, 1)), Line(1903, "LV", "Reduced, second", 500, (2018, 1, 1)),
        Line(2001, "MT", "Standard", 1800, (2004, 1, 1)), Line(2002, "MT", "Reduced", 700, (2011, 1, 1)), Line(2003, "MT", "Reduced, second", 500, (1999, 1, 1)),
        Line(2004, "MT", "Reduced, third", 1200, (2024, 1, 1)),
        Line(2101, "NL", "Standard", 2100, (2012, 10, 1)), Line(2102, "NL", "Reduced", 600, (1986, 10, 1), (2018, 12, 31)),
        Line(2103, "NL", "Reduced", 900, (2019, 1, 1)),
        Line(2201, "PL", "Standard", 2300, (2011, 1, 1)), Line(2202, "PL", "Reduced", 800, (2011, 1, 1)), Line(2203, "PL", "Reduced, second", 500, (2011, 1, 1)),
        Line(2301, "PT", "Standard", 2300, (2011, 1, 1)), Line(2302, "PT", "Reduced", 1300, (2010, 7, 1)), Line(2303, "PT", "Reduced, second", 600, (2010, 7, 1)),
        Line(2401, "RO", "Standard", 1900, (2017, 1, 1), (2025, 7, 31)), Line(2402, "RO", "Standard", 2100, (2025, 8, 1)),
        Line(2403, "RO", "Reduced", 900, (2008, 12, 1), (2025, 7, 31)), Line(2404, "RO", "Reduced, second", 500, (2008, 12, 1), (2025, 7, 31)),
        Line(2405, "RO", "Reduced", 1100, (2025, 8, 1)),
        Line(2501, "SE", "Standard", 2500, (1990, 7, 1)), Line(2502, "SE", "Reduced", 1200, (1996, 1, 1)), Line(2503, "SE", "Reduced, second", 600, (1996, 1, 1)),
        Line(2601, "SI", "Standard", 2200, (2013, 7, 1)), Line(2602, "SI", "Reduced", 950, (2013, 7, 1)), Line(2603, "SI", "Reduced, second", 500, (2020, 1, 1)),
        Line(2701, "SK", "Standard", 2000, (2011, 1, 1), (2024, 12, 31)), Line(2702, "SK", "Standard", 2300, (2025, 1, 1)),
        Line(2703, "SK", "Reduced", 1000, (2007, 1, 1), (2024, 12, 31)), Line(2704, "SK", "Reduced", 1900, (2025, 1, 1)),
        Line(2705, "SK", "Reduced, second", 500, (2023, 1, 1)),
        Line(2801, "GB", "Standard", 2000, (2011, 1, 4)), Line(2802, "GB", "Reduced", 500, (1997, 9, 1)), Line(2803, "GB", "Zero", 0, (1973, 4, 1)),
        Line(2901, "CH", "Standard", 770, (2018, 1, 1), (2023, 12, 31)), Line(2902, "CH", "Standard", 810, (2024, 1, 1)),
        Line(2903, "CH", "Reduced", 250, (2011, 1, 1), (2023, 12, 31)), Line(2904, "CH", "Reduced", 260, (2024, 1, 1)),
        Line(2905, "CH", "Reduced, second", 370, (2018, 1, 1), (2023, 12, 31)), Line(2906, "CH", "Reduced, second", 380, (2024, 1, 1)),
        Line(3001, "NO", "Standard", 2500, (2005, 1, 1)), Line(3002, "NO", "Reduced", 1500, (2012, 1, 1)),
        Line(3003, "NO", "Reduced, second", 1200, (2018, 1, 1), (2020, 3, 31)), Line(3004, "NO", "Reduced, second", 600, (2020, 4, 1), (2021, 9, 30)),
        Line(3005, "NO", "Reduced, second", 1200, (2021, 10, 1)), Line(3006, "NO", "Zero", 0, (1970, 1, 1)),
    ];

    private static readonly ImmutableDictionary<int, VatRate> ById = Lines.ToImmutableDictionary(rate => rate.Id);

    /// <summary>Every rate, by country, the standard one first.</summary>
    public static IReadOnlyList<VatRate> All => Lines;

    /// <summary>The rate of <paramref name="id"/>, or null.</summary>
    public static VatRate? Find(int? id) => id is { } number ? ById.GetValueOrDefault(number) : null;

    /// <summary>A country's standard rate on that day; null for a country that is not listed.</summary>
    public static VatRate? StandardOf(string? country, DateOnly on) => Lines.FirstOrDefault(rate => rate.IsStandard && rate.Country == country && rate.HoldsOn(on));

    /// <summary>
    /// What a rate that was chosen comes to on that day: itself while it holds, else the rate of the same country and name that holds then, since the law
    /// changed and not the choice. Null where there is none.
    /// </summary>
    public static VatRate? Follow(int? id, DateOnly on) => Find(id) is not { } chosen ? null
        : chosen.HoldsOn(on) ? chosen : Lines.FirstOrDefault(rate => rate.Country == chosen.Country && rate.Name == chosen.Name && rate.HoldsOn(on));

    /// <summary>True where it is the law on that day.</summary>
    public static bool HoldsOn(this VatRate rate, DateOnly on) => rate.From <= on && (rate.Until is not { } end || on <= end);

    private static VatRate Line(int id, string country, string name, int basisPoints, (int Year, int Month, int Day) from, (int Year, int Month, int Day)? until = null) =>
        new(id, country, name, basisPoints, Day(from), until is { } end ? Day(end) : null, name == Standard);

    private static DateOnly Day((int Year, int Month, int Day) day) => new(day.Year, day.Month, day.Day);
}
