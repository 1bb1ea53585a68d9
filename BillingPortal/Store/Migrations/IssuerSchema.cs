namespace BillingPortal.Store.Migrations;

/// <summary>
/// Takes the example company out of the issuer of invoices where nobody relied on it yet, so that a portal whose issuer was never set says so instead of billing in
/// an invented name. The same SQL on both databases; the example's zone stays, which is harmless.
/// </summary>
internal static class IssuerSchema
{
    public const string Up =
        """
        UPDATE invoice_issuer SET name = '', line1 = '', city = '', postal_code = '', country = '', tax_id = NULL, account = NULL
        WHERE code = 'main' AND name = 'Platform Operations B.V.' AND line1 = 'Keizersgracht 241' AND NOT EXISTS (SELECT 1 FROM invoice);
        """;
}
