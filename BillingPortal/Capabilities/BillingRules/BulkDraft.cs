namespace BillingPortal.Capabilities.BillingRules;

/// <summary>What stands in the form for several organizations, as typed. What is left as it is stays different from one to the other.</summary>
public sealed record BulkDraft
{
    /// <summary>Auto-recharge on or off; null as it is.</summary>
    public bool? RechargeOn { get; init; }

    /// <summary>The threshold as typed; empty as it is.</summary>
    public string Threshold { get; init; } = "";

    /// <summary>The amount as typed; empty as it is.</summary>
    public string Amount { get; init; } = "";

    /// <summary>The monthly limit as typed; empty as it is.</summary>
    public string Limit { get; init; } = "";

    /// <summary>Takes monthly limits away.</summary>
    public bool WithoutLimit { get; init; }

    /// <summary>The cap on or off; null as it is.</summary>
    public bool? CapOn { get; init; }

    /// <summary>The cap as typed; empty as it is.</summary>
    public string Cap { get; init; } = "";

    /// <summary>Calendar months (false) or a time of its own (true); null as it is.</summary>
    public bool? Anchored { get; init; }

    /// <summary>That time, as clocks in the zone of the organization above show it.</summary>
    public DateTime? ResetAt { get; init; }

    /// <summary>The cap only tells; null as it is.</summary>
    public bool? Soft { get; init; }
}

/// <summary>What is asked for several organizations at once; equal wishes are one.</summary>
/// <param name="Form">What should change.</param>
/// <param name="Ids">The numbers in order, separated by commas.</param>
public sealed record BulkWish(Store.BillingRules.BillingRuleForm Form, string Ids);
