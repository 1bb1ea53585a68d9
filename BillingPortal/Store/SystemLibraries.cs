namespace BillingPortal.Store;

/// <summary>What the portal takes from outside before it can start: its settings, and from the operating system SQLite, time zones and cultures.</summary>
public static class SystemLibraries
{
    /// <summary>One line that says what is missing and which package or setting brings it; null where nothing is.</summary>
    public static string? Missing(IServiceProvider services)
    {
        DatabaseOptions options;
        try
        {
            options = services.GetRequiredService<DatabaseOptions>();
        }
        catch (InvalidOperationException wrong)
        {
            return wrong.Message;
        }

        if (options.Provider == DatabaseProvider.Sqlite && SystemSqlite.IsMissing)
        {
            return "The operating system's SQLite library is missing: install libsqlite3-0 (Debian), sqlite-libs (Fedora) or sqlite (Homebrew).";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Tallinn", out _))
        {
            return "The time zone database is missing: install tzdata.";
        }

        return AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant) && invariant
            ? "The portal needs cultures: install ICU (libicu on Debian) and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT."
            : null;
    }
}
