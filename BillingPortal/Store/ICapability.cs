using BillingPortal.Domain.Access;

namespace BillingPortal.Store;

/// <summary>A command or query of a room: it names the permission it asks for. A floor test fails where one does not.</summary>
public interface ICapability
{
    /// <summary>What the caller must be permitted.</summary>
    static abstract Permission Permission { get; }
}
