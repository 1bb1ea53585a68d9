using System.Globalization;
using System.Net.Http.Headers;
using BillingPortal.Capabilities.ApiTokens;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Capabilities.ImportingUsage;
using BillingPortal.Tests.Capabilities.Invoicing;
using BillingPortal.Tests.Setup;
using BillingPortal.Web.CommandLine;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Permissions;

/// <summary>
/// Organizations round one's own, each with money, and a person and a program of every role: people of organizations have theirs at
/// <see cref="Own"/>, which has one above it and one below it.
/// </summary>
internal sealed class Neighbourhood : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private Neighbourhood(TestDatabase database, Portal portal, IReadOnlyList<Place> places)
    {
        _database = database;
        Portal = portal;
        Places = places;
    }

    public Portal Portal { get; }

    /// <summary>Own, below, above, a stranger's and nowhere.</summary>
    public IReadOnlyList<Place> Places { get; }

    public Place Own => Places[0];

    public static async Task<Neighbourhood> SettleAsync(TestDatabases databases)
    {
        var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var ledger = new Ledger(database);
        var above = await OrganizationAsync(ledger, "Aboveground", parent: null);
        var own = await OrganizationAsync(ledger, "Ownhouse", above);
        var below = await OrganizationAsync(ledger, "Belowstairs", own);
        var stranger = await OrganizationAsync(ledger, "Strangers", parent: null);
        var portal = new Portal(database);
        await using var store = portal.Store();
        var strangersChild = await OrganizationAsync(ledger, "Strangers' child", stranger);
        var uuids = await store.Organizations.ToDictionaryAsync(organization => organization.Id, organization => organization.Uuid);
        var slugs = await store.Organizations.ToDictionaryAsync(organization => organization.Id, organization => organization.Slug);
        await RefuseAnImportAsync(portal);
        await NotifyAsync(store);
        await InvoiceAsync(store);
        return new(database, portal,
        [
            new("own", own.Value, uuids[own.Value]) { Child = uuids[below.Value], Slug = slugs[own.Value] }, new("below", below.Value, uuids[below.Value]) { Slug = slugs[below.Value] },
            new("above", above.Value, uuids[above.Value]) { Child = uuids[own.Value], Slug = slugs[above.Value] },
            new("other", stranger.Value, uuids[stranger.Value]) { Slug = slugs[stranger.Value], Child = uuids[strangersChild.Value] }, new("none", 99_999, Guid.Parse("00000000-0000-4000-8000-000000000000")),
        ]);
    }

    /// <summary>Somebody with <paramref name="role"/>, at a browser and with a token of every scope; null is nobody.</summary>
    public async Task<Resident> ResidentAsync(Role? role)
    {
        if (role is null)
        {
            return new("nobody", Portal.Visit(), Program(null));
        }

        var (id, email) = role.OfPlatform ? await Portal.PersonAsync(role) : await Portal.PersonAsync(null, (new OrganizationId(Own.Number), role));
        var token = TokenText.New();
        await using var store = Portal.Store();
        store.ApiTokens.Add(new ApiToken
        {
            UserId = id, Name = "every scope", Hash = TokenText.Hash(token), LastFour = token[^4..], Scopes = string.Join(' ', PermissionNames.Scopes),
        });
        await store.SaveChangesAsync();
        return new(role.Code, await Portal.VisitAsync(email), Program(token));
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<OrganizationId> OrganizationAsync(Ledger ledger, string name, OrganizationId? parent)
    {
        var id = await ledger.OrganizationAsync(name: name, shape: organization => organization.ParentId = parent?.Value);
        await ledger.DoneAsync(ledger.TopUp(id, 100, bonusRate: 200_000));
        await ledger.DoneAsync(ledger.Charge(id, 1));
        await RechargeAsync(ledger, id);
        return id;
    }

    /// <summary>Recharge 1, planned when the rule was switched on and cancelled when it was switched off.</summary>
    private static async Task RechargeAsync(Ledger ledger, OrganizationId id)
    {
        await ledger.DoneAsync(new AddCard(Ledger.Tester, ledger.NextKey(), id, new NewCard("sandbox", "cus_" + id, "pm_" + id, "visa", "4242", 12, 2034)));
        foreach (var on in new[] { true, false })
        {
            await ledger.DoneAsync(new SetBillingRule(Ledger.Tester, ledger.NextKey())
            {
                Wishes = [new RuleWish(id) { RechargeEnabled = on, Threshold = Ledger.Micros(500), Amount = Ledger.Micros(5) }],
            });
        }
    }

    /// <summary>Each organization's people have something to be told.</summary>
    private static async Task NotifyAsync(BillingStore store)
    {
        foreach (var organization in await store.Organizations.ToListAsync())
        {
            store.Notifications.Add(new NotificationRow { OrganizationId = organization.Id, Kind = "low_balance", Title = $"{organization.Name} is below $20.00" });
        }

        await store.SaveChangesAsync();
    }

    /// <summary>Each organization's invoice 1.</summary>
    private static async Task InvoiceAsync(BillingStore store)
    {
        foreach (var organization in await store.Organizations.ToListAsync())
        {
            var document = InvoiceDocuments.Northwind with { Currency = "USD", Number = string.Create(CultureInfo.InvariantCulture, $"INV-{organization.Id}"), Lines = [] };
            store.Set<InvoiceRow>().Add(new InvoiceRow
            {
                OrganizationId = organization.Id, Ordinal = 1, Kind = InvoiceKind.Invoice, Status = InvoiceStatus.Open, Number = document.Number, Currency = "USD", Document = InvoiceJson.Write(document),
            });
        }

        await store.SaveChangesAsync();
    }

    /// <summary>Import 1, refused for its row errors.</summary>
    private static async Task RefuseAnImportAsync(Portal portal)
    {
        var folder = Directory.CreateTempSubdirectory("billing-portal-import-");
        var file = Path.Combine(folder.FullName, "bad.csv");
        await File.WriteAllTextAsync(file, FocusFile.Text(FocusFile.Row(cost: "much")));
        (await Verbs.RunAsync(portal.Services, ["import-usage", file], TextWriter.Null, TextWriter.Null, CancellationToken.None)).ShouldBe(1);
        folder.Delete(recursive: true);
    }

    private HttpClient Program(string? token)
    {
        var client = Portal.CreateDefaultClient(new Uri("http://localhost"));
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}

/// <summary>An organization as seen from one's own.</summary>
internal sealed record Place(string Name, long Number, Guid Uuid)
{
    /// <summary>The UUID of one directly below it; one of nowhere where there is none.</summary>
    public Guid Child { get; init; } = Guid.Parse("00000000-0000-4000-8000-000000000001");

    /// <summary>Its slug; nobody's where there is none.</summary>
    public string Slug { get; init; } = "nobody-s";

    /// <summary>The place itself as a route's parameter of this name.</summary>
    public string? Fill(string parameter) => parameter.ToUpperInvariant() switch
    {
        "NUMBER" or "KEY" or "ORGANIZATION" => Number.ToString(CultureInfo.InvariantCulture),
        "ID" or "ORG_ID" or "ORGANIZATIONID" => Uuid.ToString(),
        "SLUG" => Slug,
        "SUB_ORG_ID" => Child.ToString(),
        _ => null,
    };
}

/// <summary>One of the neighbourhood: a column of the table.</summary>
internal sealed record Resident(string Name, Visitor Browser, HttpClient Program);
