namespace BillingPortal.Domain.Access;

/// <summary>Words for permissions: names for people, scopes for tokens. Data, one line each.</summary>
public static class PermissionNames
{
    private static readonly (Permission Permission, string Scope, string Name)[] Lines =
    [
        (Permission.ReadOrganizations, "organizations:read", "See organizations"),
        (Permission.ReadJournal, "journal:read", "See the journal"),
        (Permission.ReadInvoices, "invoices:read", "See invoices"),
        (Permission.ManageInvoices, "invoices:write", "Issue and settle invoices"),
        (Permission.CreateOrganizations, "organizations:write", "Create organizations"),
        (Permission.AdjustBalances, "balance:write", "Adjust balances"),
        (Permission.RaiseCash, "balance:write", "Raise cash"),
        (Permission.RefundBalances, "balance:write", "Refund balances"),
        (Permission.Charge, "charges:write", "Charge usage"),
        (Permission.ImportUsage, "usage:import", "Import usage"),
        (Permission.ReadBooks, "books:read", "See the books"),
        (Permission.ClosePeriods, "books:write", "Close months"),
        (Permission.ManageOrganizations, "organizations:write", "Change organizations"),
        (Permission.ManageMembers, "members:write", "Manage members"),
        (Permission.ManageBilling, "billing:write", "Change billing settings"),
        (Permission.TransferBalances, "balance:transfer", "Transfer balances"),
        (Permission.ManagePlans, "plans:write", "Manage plans"),
        (Permission.IssueVouchers, "vouchers:write", "Issue vouchers"),
        (Permission.ManageOwnTokens, "tokens:write", "Manage own tokens"),
        (Permission.ManageOwnAccount, "account:write", "Manage own account"),
    ];

    /// <summary>Every scope a token can carry.</summary>
    public static IReadOnlyList<string> Scopes { get; } =
    [
        "organizations:read", "organizations:write", "members:write", "journal:read", "invoices:read", "invoices:write", "balance:write", "balance:transfer", "billing:write",
        "charges:write", "usage:import", "books:read", "books:write",
    ];

    /// <summary>The name for people.</summary>
    public static string Of(Permission permission) => Lines.First(line => line.Permission == permission).Name;

    /// <summary>The scope that a token must carry for it.</summary>
    public static string ScopeOf(Permission permission) => Lines.First(line => line.Permission == permission).Scope;
}
