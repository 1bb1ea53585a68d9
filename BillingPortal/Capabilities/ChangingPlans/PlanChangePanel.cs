using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>What a person wishes; one attempt at it is one wish, so that another card after a decline is another payment.</summary>
/// <param name="Wish">The wish.</param>
/// <param name="Attempt">Counts declines.</param>
public sealed record PlanForm(SubscriptionWish Wish, int Attempt);

/// <summary>What was done.</summary>
/// <param name="Text">For people.</param>
/// <param name="Fee">What was paid for it; null for nothing.</param>
/// <param name="Replayed">True where an earlier submit had done it.</param>
public sealed record PlanDone(string Text, PlanFee? Fee, bool Replayed);

/// <summary>
/// A change of the plan on a page, from its preview to its end. What is committed is what was seen first: a preview that came out otherwise since, of
/// itself or because the commit found it so, is shown beside it and must be agreed to anew.
/// </summary>
public abstract class PlanChangePanel(ChangingPlan changing, JournalWriter writer, CurrentCaller current, TimeProvider clock, ILogger log) : ComponentBase, IDisposable
{
    private ShownPreview<PlanForm>? _seen;
    private PlanFee? _fee;
    private int _attempt;

    /// <summary>The organization's plan as it stands.</summary>
    [Parameter, EditorRequired]
    public PlanStanding Standing { get; set; } = null!;

    /// <summary>Raised when it was done.</summary>
    [Parameter, EditorRequired]
    public EventCallback<PlanDone> OnDone { get; set; }

    /// <summary>The act.</summary>
    public MoneyAct<PlanForm> Act { get; private set; } = default!;

    /// <summary>What was shown first and is agreed to; null before there is a preview.</summary>
    public Preview? Seen => _seen?.Preview;

    /// <summary>What would happen now; null where nothing can.</summary>
    public Preview? Fresh => Act.Live.Shown?.Preview;

    /// <summary>True where what would happen is not what was seen.</summary>
    public bool IsStale => Act.Stale is not null || (Seen is { } seen && Fresh is { } fresh && seen.Digest != fresh.Digest);

    /// <summary>What the preview says; null where nothing would change or none can be shown.</summary>
    public PlanOutlook? Outlook => Fresh is { } fresh ? PlanOutlook.Of(fresh, Standing.Id) : null;

    /// <summary>Why the card was declined; null where it was not.</summary>
    public Refusal? Declined => Act.Kept is Outcome<Receipt>.Refused { Refusal: { Code: RefusalCode.PaymentDeclined } refusal } ? refusal : null;

    /// <summary>Where whoever pays gets another card, and comes back to the step of the payment method.</summary>
    public string CardsHref => $"/organizations/{Standing.File.Payer.Id}/cards?returnTo={Uri.EscapeDataString($"/organizations/{Standing.Id}/plan?step=payment")}";

    /// <inheritdoc />
    public void Dispose()
    {
        Act.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Goes on with what would happen now.</summary>
    public void GoOn()
    {
        _seen = Act.Live.Shown;
        Act.GoOn();
    }

    /// <summary>Commits what was seen, and nothing else.</summary>
    public async Task ConfirmAsync()
    {
        if (IsStale || Outlook is null || Act.Closed || Act.Live.Shown is not { } shown)
        {
            return;
        }

        await Act.SubmitAsync(shown);
        if (Declined is not null)
        {
            _attempt++;
            await Act.Live.AskNowAsync(shown.Form with { Attempt = _attempt });
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        var live = new LivePreview<PlanForm>(PreviewAsync, InvokeAsync, Show, clock, log);
        Act = new MoneyAct<PlanForm>(live, CommitAsync, StateHasChanged, clock, log) { OnPosted = PostedAsync, WithoutEntry = true };
    }

    /// <summary>Previews a wish.</summary>
    protected Task AskAsync(SubscriptionWish wish)
    {
        var form = new PlanForm(wish, _attempt);
        if (Act.Live.Shown?.Form.Wish != wish)
        {
            Act.Turn();
        }

        return Act.Live.AskNowAsync(form);
    }

    /// <summary>Forgets what was previewed: it is not a wish yet.</summary>
    protected void Forget()
    {
        _seen = null;
        Act.Turn();
        Act.Live.Clear();
    }

    private void Show()
    {
        if (Act.Live.Shown is { Preview: not null } shown && _seen?.Form != shown.Form)
        {
            _seen = shown;
        }

        StateHasChanged();
    }

    private async Task<Outcome<Preview>> PreviewAsync(PlanForm form, string key, CancellationToken cancel)
    {
        var command = await changing.CommandAsync(await current.GetAsync(), Standing.Id, form.Wish, key, cancel);
        return await command.ThenAsync(wished => writer.PreviewAsync(wished, cancel));
    }

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(PlanForm form, Agreement agreement, string key)
    {
        var caller = await current.GetAsync();
        var command = await changing.CommandAsync(caller, Standing.Id, form.Wish, key, CancellationToken.None);
        var outcome = await command.ThenAsync(wished => changing.CommitAsync(caller, wished, agreement, CancellationToken.None));
        _fee = outcome is Outcome<PlanReceipt>.Done { Value.Fee: var fee } ? fee : null;
        return outcome.Then<Receipt>(done => new Outcome<Receipt>.Done(done.Receipt));
    }

    private Task PostedAsync(PostedAct<PlanForm> posted)
    {
        var text = _fee?.Change.Text ?? posted.Receipt.Effects.OfType<Effect.SetSubscription>().LastOrDefault()?.Change.Text;
        return OnDone.InvokeAsync(new PlanDone(text ?? "The plan stands as you wished.", _fee, posted.Replayed));
    }
}
