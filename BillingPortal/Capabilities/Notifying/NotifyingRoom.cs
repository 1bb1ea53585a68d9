using BillingPortal.Notifications;
using BillingPortal.Store;
using BillingPortal.Store.Scheduling;
using BillingPortal.Web.Layout;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>Puts the room into the application.</summary>
public static class NotifyingRoom
{
    /// <summary>Adds its jobs and queries.</summary>
    public static IServiceCollection AddNotifying(this IServiceCollection services)
    {
        services.AddSingleton(provider => MailOptions.Read(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>(), provider.GetRequiredService<DatabaseOptions>()));
        services.AddSingleton<IMailSender>(provider => provider.GetRequiredService<MailOptions>() switch
        {
            { Host: not null } options => new SmtpMailSender(options, provider.GetRequiredService<TimeProvider>()),
            { Folder: not null } options => new FolderMailSender(options),
            _ => new UnsetMailSender(),
        });
        services.AddSingleton<ReadMailFolder>().AddSingleton<CountUnreadNotices>().AddSingleton<ListNotices>().AddSingleton<MarkNoticesRead>().AddScoped<NoticesSeen>();
        services.AddSingleton(new TopBarPart(typeof(BellPanel)));
        services.AddSingleton<MailNotices>().AddSingleton<SendMails>();
        services.AddRepeatingJob<MailRound>(MailRound.Every);
        return services;
    }
}
