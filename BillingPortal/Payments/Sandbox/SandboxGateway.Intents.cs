using System.Globalization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments.Sandbox;

/// <summary>Cards that are typed elsewhere than on a page that the portal leads to. The sandbox has no script, so its own page takes the secret: <c>/sandbox/setup/SECRET</c>.</summary>
public sealed partial class SandboxGateway
{
    private const string Mark = "_secret_";

    /// <inheritdoc />
    public async Task<CardIntent> BeginIntentAsync(string customer, OrganizationId organization, string key, CancellationToken cancel)
    {
        if (await _books.FindAsync<string>(Customer, customer, cancel) is null)
        {
            throw new PaymentGatewayException($"No such customer: '{customer}'.");
        }

        var id = _books.IdOf("sbx_seti_", key);
        await _books.MakeOnceAsync(key, Request(Setup, customer, organization.Value.ToString(CultureInfo.InvariantCulture)), [(id, Setup, customer, new SandboxSetup("", Method: null, organization.Value))], cancel);
        return new CardIntent(id, SecretOf(_books, id));
    }

    /// <inheritdoc />
    public async Task<Card?> FindMethodAsync(string customer, string method, CancellationToken cancel) =>
        await _books.FindAsync<SandboxMethod>(Method, method, cancel) is ({ } owner, { Removed: false } card) && owner == customer
            ? new Card(method, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear)
            : null;

    /// <summary>The setup that an address names: by its id, or, where a program began it, by its secret; null where the secret is not right.</summary>
    internal static string? SetupOf(SandboxBooks books, string named)
    {
        var at = named.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? named : SecretOf(books, named[..at]) == named ? named[..at] : null;
    }

    private static string SecretOf(SandboxBooks books, string id) => books.IdOf(id + Mark, id);
}
