namespace BillingPortal.Web.Api;

/// <summary>One way in which a program's request can fail, as data: what it says is also what the page <c>/api</c> lists.</summary>
/// <param name="Code">The stable word for programs.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A few words for people, the same every time.</param>
public sealed record ProblemKind(string Code, int Status, string Title)
{
    /// <summary>The input cannot be meant.</summary>
    public static readonly ProblemKind InvalidRequest = new("invalid_request", 400, "A field cannot be meant");

    /// <summary>The same where a contract tells what cannot be read from what cannot be accepted.</summary>
    public static readonly ProblemKind InvalidFields = new("invalid_fields", 422, "A field cannot be accepted");

    /// <summary>Nobody known is asking.</summary>
    public static readonly ProblemKind Unauthorized = new("unauthorized", 401, "A valid token is missing");

    /// <summary>A second person would have to agree, and contract routes never propose (rules §5).</summary>
    public static readonly ProblemKind ApprovalRequired = new("approval_required", 403, "Approval required");

    /// <summary>There is no such thing, or none the caller may know of.</summary>
    public static readonly ProblemKind NotFound = new("not_found", 404, "Not found");

    /// <summary>What was shown is no longer so.</summary>
    public static readonly ProblemKind Stale = new("stale", 409, "Something changed meanwhile");

    /// <summary>Ours.</summary>
    public static readonly ProblemKind InternalError = new("internal_error", 500, "Something failed on our side");

    /// <summary>Whether it happened is not known yet.</summary>
    public static readonly ProblemKind OutcomeUnknown = new("outcome_unknown", 503, "The outcome is not known yet");

    /// <summary>Who pays changed between asking and deciding. Not kept under a key: asking again decides anew.</summary>
    public static readonly ProblemKind PayerChanged = new("payer_changed", 503, "Who pays changed meanwhile: ask again");

    /// <summary>Every kind, by status. Refusals of the domain stand here by the snake_case of their name.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        InvalidRequest,
        new("malformed_json", 400, "The body is not a JSON object"),
        new("idempotency_key_required", 400, "An Idempotency-Key is needed"),
        new("idempotency_key_invalid", 400, "The Idempotency-Key cannot be used"),
        new("currency_not_supported", 400, "The organization keeps another currency"),
        new("too_large", 400, "The amount is beyond what money can hold"),
        Unauthorized,
        new("forbidden", 403, "A permission is missing"),
        ApprovalRequired,
        NotFound,
        new("method_not_allowed", 405, "The method is not allowed here"),
        Stale,
        new("taken", 409, "The name or number is taken"),
        new("would_replace", 409, "A delivery exists already"),
        new("cannot_be_deleted", 409, "It cannot be deleted now"),
        new("body_too_large", 413, "The body is too large"),
        new("unsupported_media_type", 415, "The body is not JSON"),
        new("insufficient_balance", 422, "The balance is too small"),
        new("cap_reached", 422, "A spending cap would be passed"),
        new("blocked", 422, "The organization is blocked"),
        new("disabled", 422, "The organization is disabled"),
        new("below_floor", 422, "A bucket would fall below its floor"),
        new("already_reversed", 422, "The entry was reversed before"),
        new("not_reversible", 422, "This kind of entry is undone another way"),
        new("period_closed", 422, "The period is closed"),
        new("in_future", 422, "The time lies in the future"),
        new("key_reused", 422, "The Idempotency-Key was used for another request"),
        new("cancelled", 422, "It was cancelled"),
        new("last_administrator", 422, "Nobody else administers it"),
        InvalidFields,
        new("not_for_postpaid", 422, "It is not for organizations that pay afterwards"),
        new("not_due", 422, "It has ended, or its time has not come"),
        new("not_related", 422, "The organizations do not stand in the relation it needs"),
        new("not_for_prepaid", 422, "It is not for organizations that pay before"),
        new("volume_active", 422, "A data package or an inclusive volume is active"),
        new("invalid_query", 422, "The query cannot be meant"),
        new("invalid_sort", 422, "It cannot be sorted by that"),
        new("no_rate", 422, "There is no rate for it"),
        new("provider_failed", 422, "The payment provider refused or did not answer"),
        new("payment_method_needed", 422, "A payment method is needed"),
        new("payment_under_way", 422, "A payment is under way"),
        new("payment_declined", 422, "The card was declined"),
        new("fee_unpaid", 422, "The plan's fee is owed"),
        new("trial_used", 422, "The trial was used"),
        new("trial_not_offered", 422, "There is no such trial"),
        new("coupon_not_valid", 422, "The coupon cannot be redeemed"),
        new("voucher_not_valid", 422, "The voucher cannot be redeemed"),
        new("not_subscribed", 422, "There is no plan or trial to do it to"),
        new("price_not_agreed", 422, "No price is agreed"),
        new("too_many_requests", 429, "Too many calls"),
        InternalError,
        OutcomeUnknown,
        PayerChanged,
    ];

    /// <summary>The kind of <paramref name="code"/>.</summary>
    /// <exception cref="InvalidOperationException">The list lacks it: a programmer's mistake.</exception>
    public static ProblemKind Of(string code) => All.First(kind => string.Equals(kind.Code, code, StringComparison.Ordinal));

    /// <summary>The kind for a bare status, as the framework sets it.</summary>
    public static ProblemKind OfStatus(int status) => All.FirstOrDefault(kind => kind.Status == status)
        ?? new ProblemKind("http_" + status.ToString(System.Globalization.CultureInfo.InvariantCulture), status, "The request failed");
}
