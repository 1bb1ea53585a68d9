namespace BillingPortal.Domain.Access;

/// <summary>What a person may do. Every command and query names exactly one; roles are sets of them (<see cref="Role"/>).</summary>
public enum Permission
{
    /// <summary>See an organization, its balances and its sub-organizations.</summary>
    ReadOrganizations,

    /// <summary>See an organization's journal, as of any instant, and export it.</summary>
    ReadJournal,

    /// <summary>See an organization's invoices, credit notes and statements, and export them.</summary>
    ReadInvoices,

    /// <summary>Issue, send, settle, correct and give up invoices. Finance only.</summary>
    ManageInvoices,

    /// <summary>Create an organization by hand.</summary>
    CreateOrganizations,

    /// <summary>Adjust a balance and undo an entry.</summary>
    AdjustBalances,

    /// <summary>Raise cash, which the customer can have refunded. Finance only (rules §1).</summary>
    RaiseCash,

    /// <summary>Pay a balance back to the card it came from. Finance only (rules §8).</summary>
    RefundBalances,

    /// <summary>Request a charge.</summary>
    Charge,

    /// <summary>Import usage files.</summary>
    ImportUsage,

    /// <summary>See the trial balance and the laws of the whole platform, and check them again.</summary>
    ReadBooks,

    /// <summary>Close months, issue what they came to, and open them again. Finance only (rules §8).</summary>
    ClosePeriods,

    /// <summary>Change organizations below one's own: create, rename, features, contact, disable, detach, move.</summary>
    ManageOrganizations,

    /// <summary>Say who belongs to an organization and in which role.</summary>
    ManageMembers,

    /// <summary>Change recharging, spending caps and payment methods.</summary>
    ManageBilling,

    /// <summary>Move balances between an organization and the one above it.</summary>
    TransferBalances,

    /// <summary>Edit and publish plans, and make coupons.</summary>
    ManagePlans,

    /// <summary>Issue and withdraw vouchers. Finance only.</summary>
    IssueVouchers,

    /// <summary>Manage one's own API tokens.</summary>
    ManageOwnTokens,

    /// <summary>Change one's own password and end one's own sessions.</summary>
    ManageOwnAccount,
}
