using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>A list of prices that many organizations share.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">For people; 2 to 100 characters.</param>
/// <param name="Currency">What its rates are in; only organizations that keep this currency can have it.</param>
/// <param name="IsStandard">True for the one of its currency that holds where an organization was given none.</param>
public sealed record Tariff(long Id, string Name, Currency Currency, bool IsStandard);

/// <summary>The price of one unit of a service in a tariff, while its months last.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Tariff">The tariff's number.</param>
/// <param name="Service">What is used, as reports name it.</param>
/// <param name="Ratezone">Where it is used; empty for everywhere that has no rate of its own.</param>
/// <param name="Unit">What a quantity of one is, as in MB.</param>
/// <param name="Rate">The price of one unit; at least 0, at most eleven decimals.</param>
/// <param name="Months">When it holds.</param>
public sealed record TariffRate(long Id, long Tariff, string Service, string Ratezone, string Unit, ExactAmount Rate, Months Months);

/// <summary>The tariff that an organization has from a month on, until the next such line.</summary>
/// <param name="From">The first month.</param>
/// <param name="Tariff">The tariff's number.</param>
public sealed record TariffChoice(BillingPeriod From, long Tariff);
