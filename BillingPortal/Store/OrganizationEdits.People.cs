using BillingPortal.Domain.Access;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store;

// People and their roles.
public sealed partial class OrganizationEdits
{
    /// <summary>The role that a person has in it itself; null for none.</summary>
    public async Task<Role?> RoleOfAsync(long organization, string user)
    {
        await using var command = LedgerQueries.Command(connection,
            """SELECT "Role" FROM membership WHERE "OrganizationId" = @id AND "UserId" = @user""", ("id", organization), ("user", user));
        return await command.ExecuteScalarAsync() is string code ? Role.Of(code) : null;
    }

    /// <summary>How many people have <paramref name="role"/> in it itself.</summary>
    public async Task<long> CountAsync(long organization, Role role) => await LedgerQueries.ScalarAsync(connection,
        """SELECT COUNT(*) FROM membership WHERE "OrganizationId" = @id AND "Role" = @role""", ("id", organization), ("role", role.Code)) ?? 0;

    /// <summary>Gives a person a role in it, in place of the one they had there; null takes it away.</summary>
    public async Task SetRoleAsync(long organization, string user, Role? role)
    {
        await WriteAsync("""DELETE FROM membership WHERE "OrganizationId" = @id AND "UserId" = @user""", ("id", organization), ("user", user));
        if (role is not null)
        {
            await WriteAsync("""INSERT INTO membership ("UserId", "OrganizationId", "Role") VALUES (@user, @id, @role)""",
                ("user", user), ("id", organization), ("role", role.Code));
        }
    }

    /// <summary>How the person with <paramref name="user"/>'s id is called: their name, their email, or their id.</summary>
    public async Task<string> NameOfAsync(string user)
    {
        await using var command = LedgerQueries.Command(connection,
            """SELECT "DisplayName", "Email" FROM "AspNetUsers" WHERE "Id" = @user""", ("user", user));
        await using var rows = await command.ExecuteReaderAsync();
        return !await rows.ReadAsync() ? user
            : rows.GetString(0) is { Length: > 0 } name ? name
            : rows.IsDBNull(1) ? user : rows.GetString(1);
    }
}
