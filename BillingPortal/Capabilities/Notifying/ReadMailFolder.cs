using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Notifications;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Notifying;

/// <summary>The mails that Development put into its folder in place of sending them: for the platform's staff, since they are of every organization.</summary>
public sealed class ReadMailFolder(IDbContextFactory<BillingStore> stores, MailOptions options, IHostEnvironment environment) : ICapability
{
    /// <summary>How many are shown.</summary>
    public const int Most = 100;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadBooks;

    /// <summary>Where they are put; null where they are not put anywhere.</summary>
    public string? Folder => options.Host is null ? options.Folder : null;

    /// <summary>True where there is such a page at all.</summary>
    public bool IsThere => environment.IsDevelopment();

    /// <summary>The newest of them.</summary>
    public async Task<Outcome<IReadOnlyList<FolderMail>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (!IsThere)
        {
            return new Outcome<IReadOnlyList<FolderMail>>.NotFound("There is no such page.");
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        return (await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission)
            ? new Outcome<IReadOnlyList<FolderMail>>.Done(Folder is null ? [] : await MailFolder.ReadAsync(Folder, Most, cancel))
            : new Outcome<IReadOnlyList<FolderMail>>.Refused(Access.Missing(Permission));
    }
}
