using System.Collections.Immutable;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.DescribingApi;

/// <summary>What programs can ask, read from the routes themselves, and what each error means.</summary>
public sealed partial class ApiPage(EndpointDataSource endpoints) : ComponentBase
{
    private const string Example =
        """
        curl -X PUT "https://this-portal/orgs/{id}/payment/balance" \
          --header "Authorization: Bearer $TOKEN" \
          --header "Content-Type: application/json" \
          --header "Idempotency-Key: correction-2026-03-18" \
          --data '{ "monthly_credits_remaining": "93.39", "pre_pay_cash_remaining": "80.74", "pre_pay_credits_remaining": "68.50" }'
        """;

    private ImmutableArray<ApiRoute> _routes = [];

    /// <inheritdoc />
    protected override void OnInitialized() => _routes =
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Endpoint: endpoint, Description: endpoint.Metadata.GetMetadata<ApiDescription>()))
            .Where(route => route.Description is not null)
            .Select(route => new ApiRoute(
                route.Endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], "/" + route.Endpoint.RoutePattern.RawText!.Trim('/'),
                route.Description!.Summary, (route.Endpoint.Metadata.GetMetadata<ErrorShape>() ?? ErrorShape.ProblemDetails).Contract,
                route.Description.Scope))
            .OrderBy(route => route.Path, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal),
    ];

    private sealed record ApiRoute(string Method, string Path, string Does, string Contract, string Scope);
}
