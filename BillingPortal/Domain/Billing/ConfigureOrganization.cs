using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Changes what decisions read of an organization itself: switched off, overdraft allowed, its parent's balance used (rules §1). Switching that on
/// first moves its value to the parent. Its charging model is <see cref="ConfigureBilling"/>'s.
/// </summary>
public sealed record ConfigureOrganization(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>Its parent as the caller knows it; needed where its balance is to be used.</summary>
    public OrganizationId? Parent { get; init; }

    /// <summary>True to switch it off.</summary>
    public bool? Disabled { get; init; }

    /// <summary>True to let requests go into overdraft.</summary>
    public bool? AllowOverdraft { get; init; }

    /// <summary>True to draw on its parent's balance, false to pay for itself.</summary>
    public bool? UseParentBalance { get; init; }

    /// <inheritdoc />
    public override string Rule => "configure-organization/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => UseParentBalance == true && Parent is { } parent ? [Organization, parent] : [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { PaysFor = UseParentBalance == true ? Organization : null };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.States[Organization];
        var course = new Course(view);
        if (UseParentBalance == true && state.Payer is null)
        {
            if (Objection(view, state) is { } objection)
            {
                return objection;
            }
        }

        Change(course, state.Disabled, Disabled, (now, on) => now with { Disabled = on }, on => on ? ("disabled", "Disabled: charge requests are refused.") : ("enabled", "Enabled again."));
        Change(course, state.AllowOverdraft, AllowOverdraft, (now, on) => now with { AllowOverdraft = on },
            on => on ? ("overdraft_allowed", "Requests may go into overdraft.") : ("overdraft_ended", "Requests may not go into overdraft any more."));
        Change(course, state.Payer is not null, UseParentBalance, (now, on) => now with { Payer = on ? Parent : null },
            on => on ? ("uses_parent_balance", "Its parent's balance pays for it from now on.") : ("pays_for_itself", "It pays for itself from now on."));
        if (UseParentBalance == true && state.Payer is null)
        {
            // After it has changed who pays, so that taking its last value away neither recharges nor tells anybody that nothing is left.
            MoveValue(course);
        }

        if (course.Effects.IsEmpty)
        {
            return Decision.Nothing;
        }

        Consequences.Follow(course, Organization, Disabled == false || UseParentBalance == false ? RechargeCause.TimePassed : RechargeCause.None);
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form
        .Add(Disabled is { } off ? off ? 1 : 0 : null).Add(AllowOverdraft is { } allowed ? allowed ? 1 : 0 : null).Add(UseParentBalance is { } uses ? uses ? 1 : 0 : null);

    private void Change(Course course, bool was, bool? wished, Func<Configuration, bool, Configuration> change, Func<bool, (string Event, string Text)> words)
    {
        if (wished is { } on && on != was)
        {
            var state = course[Organization];
            var (kind, text) = words(on);
            course.Add(new Effect.Configure(Organization, change(Configuration.Of(state), on), kind, text));
        }
    }

    private Decision? Objection(DecisionView view, LedgerState state)
    {
        if (Parent is not { } parent || state.Parent != parent)
        {
            return Decision.No(RefusalCode.NotRelated, "It has no parent whose balance it could use. Nothing was changed.", nameof(UseParentBalance));
        }

        var payer = view.States[parent];
        return (payer, state) switch
        {
            ({ Payer: not null }, _) => Decision.No(RefusalCode.NotRelated, $"{payer.Name} uses its own parent's balance; only who pays for itself can pay for others. Nothing was changed.", nameof(UseParentBalance)),
            _ when view.Facts.PaysFor > 0 => Decision.No(RefusalCode.NotRelated, $"{view.Facts.PaysFor.ToString(CultureInfo.InvariantCulture)} of its sub-organizations use its balance. Let them pay for themselves first. Nothing was changed.", nameof(UseParentBalance)),
            _ when payer.Currency != state.Currency => Decision.No(RefusalCode.CurrencyNotSupported, $"{payer.Name} keeps {payer.Currency.Code} and {state.Name} keeps {state.Currency.Code}. Nothing was changed.", nameof(UseParentBalance)),
            _ when state.BalanceOf(AccountKind.Overdraft) < 0 || state.BalanceOf(AccountKind.Bonus) < 0 => Decision.No(RefusalCode.BelowFloor,
                $"{state.Name} is overdrawn. Repay that first: a transfer from its parent does. Nothing was changed.", nameof(UseParentBalance)),
            _ when Recharging.InFlight(state) is not null => Decision.No(RefusalCode.NotDue, $"A recharge of {state.Name} is in flight. Nothing was changed.", nameof(UseParentBalance)),
            _ => null,
        };
    }

    /// <summary>Moves every bucket of value to the parent. What it owes as a receivable is still invoiced to it.</summary>
    private void MoveValue(Course course)
    {
        foreach (var bucket in ChartOfAccounts.DrawOrder)
        {
            var held = Transfers.Held(course[Organization], bucket, course.Now);
            if (held > 0)
            {
                Transfers.Move(course, Organization, Parent!.Value, bucket, held, ReasonCode.MovedToPayer, "", Transfers.IdOf(Key + ChartOfAccounts.CodeOf(bucket), Organization, Parent.Value),
                    ":" + ChartOfAccounts.CodeOf(bucket));
            }
        }
    }
}

/// <summary>Hands an organization to another parent, or to none: from then on it pays for itself; what it was charged stays where it was booked.</summary>
public sealed record MoveOrganization(Actor Actor, string Key, OrganizationId Organization, OrganizationId? Parent) : MoneyCommand(Actor, Key)
{
    /// <summary>The new parent's name, for the event that people read.</summary>
    public string ParentName { get; init; } = "";

    /// <inheritdoc />
    public override string Rule => "move-organization/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (state.Parent == Parent)
        {
            return Decision.Nothing;
        }

        var course = new Course(view);
        course.Add(new Effect.Configure(Organization, Configuration.Of(state) with { Payer = null, Parent = Parent },
            Parent is null ? "detached" : "moved", (Parent is null ? "Detached from its parent." : $"Moved under {ParentName}.") + (state.Payer is null ? "" : " It pays for itself from now on.")));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Parent?.Value);
}

/// <summary>Looks at an organization again because time has passed: a window has ended, so that a block ends with it.</summary>
public sealed record LookAgain(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override string Rule => "look-again/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var course = new Course(view);
        Consequences.Follow(course, Organization, RechargeCause.TimePassed);
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add("again");
}
