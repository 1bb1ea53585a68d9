using System.Xml.Linq;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>Keeps data protection's keys in the store, so that a restart or a second node reads the same cookies.</summary>
public sealed class StoredKeys(IDbContextFactory<BillingStore> stores) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    /// <inheritdoc />
    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var store = stores.CreateDbContext();
        return [.. store.ProtectionKeys.AsNoTracking().Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        using var store = stores.CreateDbContext();
        store.ProtectionKeys.Add(new ProtectionKey { Id = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        store.SaveChanges();
    }
}
