namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>Puts the room into the application.</summary>
public static class ReadingJournalRoom
{
    /// <summary>Adds its queries.</summary>
    public static IServiceCollection AddReadingJournal(this IServiceCollection services)
    {
        services.AddSingleton<GetHistoryPage>();
        services.AddSingleton<GetEntry>();
        services.AddSingleton<GetPaidCharges>();
        services.AddSingleton<GetBalanceAsOf>();
        services.AddSingleton<ExportJournal>();
        services.AddSingleton<ExportPlainText>();
        return services;
    }
}
