using System.Globalization;
using System.Text;
using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Permissions;

/// <summary>Every endpoint and page, asked by every role and by nobody, about one's own organization and others.</summary>
public sealed class PermissionTableTests(TestDatabases databases)
{
    private static readonly string[] Secrets = ["Aboveground", "Strangers"];

    [Fact]
    public async Task Who_gets_what_where_is_what_was_agreed()
    {
        await using var neighbourhood = await Neighbourhood.SettleAsync(databases);
        var residents = new List<Resident>();
        foreach (var role in Role.All.Append(null))
        {
            residents.Add(await neighbourhood.ResidentAsync(role));
        }

        var table = new StringBuilder(Line("", "organization", residents.Select(resident => resident.Name)));
        var told = new List<string>();
        foreach (var door in Doors(neighbourhood))
        {
            foreach (var place in door.IsOfAnOrganization ? neighbourhood.Places : [neighbourhood.Own])
            {
                var words = new List<string>();
                foreach (var resident in residents)
                {
                    var (word, text) = await door.AskAsync(resident, place);
                    words.Add(word);
                    told.AddRange(Indiscretions(resident, text).Select(name => $"{door.Name} tells {resident.Name} of {name} ({place.Name})"));
                }

                table.Append(Line(door.Name, door.IsOfAnOrganization ? place.Name : "-", words));
            }
        }

        told.ShouldBeEmpty();
        await Snapshot.ShouldMatchAsync(table.ToString(), "permission-table.txt");
    }

    [Fact]
    public async Task A_cookie_opens_no_route_of_programs_and_no_other_route_takes_more_than_get()
    {
        await using var neighbourhood = await Neighbourhood.SettleAsync(databases);
        var finance = await neighbourhood.ResidentAsync(Role.Finance);
        foreach (var door in Doors(neighbourhood).Where(door => door.IsForPrograms))
        {
            (await door.AskAsync(finance with { Program = finance.Browser.Client }, neighbourhood.Own)).Word.ShouldBe("401", door.Name);
        }

        Doors(neighbourhood).Where(door => !door.IsForPrograms && door.Method != "GET").Select(door => door.Name)
            .ShouldBe(["POST /payments/{provider}/webhook", "POST /sandbox/payments/{payment}", "POST /sandbox/setup/{setup}", "POST /sign-out"]);
    }

    [Fact]
    public async Task Only_these_doors_stand_open_to_everyone()
    {
        await using var neighbourhood = await Neighbourhood.SettleAsync(databases);
        Doors(neighbourhood).Where(door => door.Route.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(door => door.Name)
            .ShouldBe(["GET /error", "GET /health", "GET /not-found", "GET /openapi/{documentName}.json", "GET /sandbox/payments/{payment}", "GET /sandbox/setup/{setup}",
                "GET /sign-in", "POST /payments/{provider}/webhook", "POST /sandbox/payments/{payment}", "POST /sandbox/setup/{setup}", "POST /sign-out"], ignoreOrder: true);
    }

    private static List<Door> Doors(Neighbourhood neighbourhood) =>
        [.. Door.Of(neighbourhood.Portal.Services.GetRequiredService<EndpointDataSource>()).OrderBy(door => door.Route.RoutePattern.RawText!.Trim('/'), StringComparer.Ordinal).ThenBy(door => door.Method, StringComparer.Ordinal)];

    /// <summary>A sub-organization never learns of its reseller, nobody of strangers.</summary>
    private static IEnumerable<string> Indiscretions(Resident resident, string text) =>
        resident.Name is "FINANCE" or "SUPPORT" ? [] : Secrets.Where(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static string Line(string route, string organization, IEnumerable<string> words)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{route,-58} {organization,-13}");
        foreach (var word in words)
        {
            line.Append(CultureInfo.InvariantCulture, $" {word,-9}");
        }

        return line.ToString().TrimEnd() + "\n";
    }
}
