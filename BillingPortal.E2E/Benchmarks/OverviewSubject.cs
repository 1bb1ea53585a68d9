using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain;
using BillingPortal.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>A platform with so many organizations, and its overview.</summary>
internal sealed class OverviewSubject : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ListOrganizations _overview;

    private OverviewSubject(TestDatabase database, RawOverview raw)
    {
        Raw = raw;
        _services = StoreServices.Over(database);
        _overview = _services.GetRequiredService<ListOrganizations>();
    }

    /// <summary>A place in the middle of the names.</summary>
    public static OrganizationCursor Middle { get; } = new(0, "organization 05000000", "USD", 0);

    /// <summary>Where the first page ends.</summary>
    public OrganizationCursor? EndOfFirst { get; private set; }

    /// <summary>The yardstick beside it.</summary>
    public RawOverview Raw { get; }

    /// <summary>Fills a database and makes sure that portal and yardstick read the same.</summary>
    public static async Task<OverviewSubject> FillAsync(TestDatabase database, int organizations)
    {
        await ManyOrganizations.EnterFinanceAsync(database);
        await ManyOrganizations.FillAsync(database, organizations, Instant.Now(TimeProvider.System).Micros);
        var subject = new OverviewSubject(database, new RawOverview(await database.ConnectAsync()));
        subject.EndOfFirst = (await subject.PageAsync(null)).Next;
        foreach (var cursor in new[] { null, subject.EndOfFirst, Middle })
        {
            (await subject.PageAsync(cursor)).Rows.Select(row => (row.Id, row.Balance.Micros, row.Owed.Micros, row.Spend.Micros))
                .ShouldBe((await subject.Raw.PageAsync(cursor)).Take(25), "a yardstick that reads something else measures nothing");
        }

        return subject;
    }

    /// <summary>The page after a place.</summary>
    public async Task<OrganizationList> PageAsync(OrganizationCursor? after) =>
        (await _overview.RunAsync(ManyOrganizations.Finance, new OrganizationFilter(), new ListPart(After: after), CancellationToken.None))
        .ShouldBeOfType<Outcome<OrganizationList>.Done>().Value;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Raw.DisposeAsync();
        await _services.DisposeAsync();
    }
}
