using System.Globalization;
using System.Text;
using BillingPortal.Domain.Access;

namespace BillingPortal.Tests.Permissions;

public sealed class RoleTableTests
{
    [Fact]
    public async Task What_each_role_permits_is_what_was_agreed()
    {
        var table = new StringBuilder($"{"permission",-21} {"scope",-20}");
        foreach (var role in Role.All)
        {
            table.Append(CultureInfo.InvariantCulture, $" {role.Code,-9}");
        }

        foreach (var permission in Enum.GetValues<Permission>())
        {
            var scope = PermissionNames.ScopeOf(permission);
            table.Append(CultureInfo.InvariantCulture, $"\n{permission,-21} {(PermissionNames.Scopes.Contains(scope) ? scope : "-"),-20}");
            foreach (var role in Role.All)
            {
                table.Append(CultureInfo.InvariantCulture, $" {(role.Permits(permission) ? "yes" : "-"),-9}");
            }
        }

        table.Append(CultureInfo.InvariantCulture, $"\n{"alone in 24 hours",-21} {"",-20}");
        foreach (var role in Role.All)
        {
            table.Append(CultureInfo.InvariantCulture, $" {role.DailyLimit,-9}");
        }

        await Snapshot.ShouldMatchAsync(string.Join('\n', table.ToString().Split('\n').Select(line => line.TrimEnd())) + "\n", "role-table.txt");
    }

    [Fact]
    public void Every_scope_that_a_token_can_carry_opens_something() => PermissionNames.Scopes.ShouldAllBe(scope =>
        Enum.GetValues<Permission>().Any(permission => PermissionNames.ScopeOf(permission) == scope));
}
