using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments;

/// <summary>What a webhook says. A closed set.</summary>
/// <param name="EventId">The provider's id of it.</param>
/// <param name="Kind">The provider's word, as in <c>payment_intent.succeeded</c>.</param>
public abstract record PaymentNews(string EventId, string Kind)
{
    /// <summary>A charge of ours came to something.</summary>
    public sealed record OfCharge(string EventId, string Kind, OrganizationId Organization, long Recharge, int Attempt, PaymentResult Result) : PaymentNews(EventId, Kind)
    {
        /// <summary>As <see cref="PaymentOrder.For"/>.</summary>
        public ChargedFor For { get; init; }

        /// <summary>As <see cref="FoundCharge.Customer"/>.</summary>
        public string? Customer { get; init; }
    }

    /// <summary>A refund of ours may stand otherwise than it did: the provider is asked how, since news may come late.</summary>
    public sealed record RefundChanged(string EventId, string Kind, OrganizationId Organization, long Refund, string PaymentId, string RefundId) : PaymentNews(EventId, Kind);

    /// <summary>A card was taken that a program began to enter.</summary>
    public sealed record CardTaken(string EventId, string Kind, OrganizationId Organization, string Customer, string Method) : PaymentNews(EventId, Kind);

    /// <summary>A payment is disputed; the money was withdrawn.</summary>
    public sealed record DisputeOpened(string EventId, string Kind, string DisputeId, string PaymentId, Money Amount) : PaymentNews(EventId, Kind);

    /// <summary>A dispute ended; where <paramref name="Won"/>, the money came back.</summary>
    public sealed record DisputeClosed(string EventId, string Kind, string DisputeId, string PaymentId, Money Amount, bool Won) : PaymentNews(EventId, Kind);

    /// <summary>Nothing that concerns the portal.</summary>
    public sealed record Other(string EventId, string Kind) : PaymentNews(EventId, Kind);
}
