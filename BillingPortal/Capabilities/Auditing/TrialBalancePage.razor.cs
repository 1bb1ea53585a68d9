using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>The books of the platform: accounts by kind and currency, the laws and their last check, and the check under way.</summary>
public sealed partial class TrialBalancePage(GetTrialBalance books, LawChecking checking, CurrentCaller current, ILogger<TrialBalancePage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<TrialBalance>> _books = default!;
    private OutcomeText? _refused;
    private bool _wasRunning;

    /// <inheritdoc />
    public void Dispose()
    {
        checking.Changed -= CheckChanged;
        _books.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _books = new(async cancel => await books.RunAsync(await current.GetAsync(), cancel), StateHasChanged, log);
        checking.Changed += CheckChanged;
        _wasRunning = checking.Running is not null;
        await _books.RunAsync();
    }

    private void CheckChanged(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        var running = checking.Running is not null;
        if (_wasRunning && !running)
        {
            await _books.RunAsync();
        }

        _wasRunning = running;
        StateHasChanged();
    });

    private async Task StartAsync()
    {
        _wasRunning = true;
        _refused = OutcomeText.Of(await checking.StartAsync(await current.GetAsync(), CancellationToken.None), "Nothing was checked.");
    }

    private async Task CancelAsync() =>
        _refused = OutcomeText.Of(await checking.CancelAsync(await current.GetAsync(), CancellationToken.None), "Nothing was cancelled.");

    private static (State State, string Word) HeadState(TrialBalance books) => books switch
    {
        { AllHolds: false } => (State.Broken, "A law is broken"),
        _ when books.Laws.All(law => law.Last is null) => (State.NotChecked, "No law was checked yet"),
        _ => (State.Holds, "Every law that was checked holds"),
    };

    private static Instant? LastCheck(TrialBalance books) =>
        books.Laws.Select(law => law.Last?.CheckedAt).Max() is { } at ? new Instant(at) : null;

    private static string Counted(long count, string what) => string.Create(CultureInfo.CurrentCulture,
        $"{count:N0} {(count == 1 ? what : what == "entry" ? "entries" : what + "s")}");
}
