using System.Globalization;
using BillingPortal.Domain;

namespace BillingPortal.Payments.Sandbox;

/// <summary>What a card's holder does on the sandbox's own pages: types a card, confirms a payment, ends a dispute.</summary>
internal sealed class SandboxDesk(SandboxBooks books, SandboxOutbox outbox, TimeProvider clock)
{
    /// <summary>
    /// Takes a typed card: its number becomes brand, last four and a behaviour, and is forgotten. Gives the address to go back to, or why
    /// the card is not taken. Null where there is no such setup.
    /// </summary>
    public async Task<(Uri? ReturnTo, string? Refusal)?> TakeAsync(string named, string number, string month, string year, CancellationToken cancel)
    {
        if (SandboxGateway.SetupOf(books, named) is not { } setup || await books.FindAsync<SandboxSetup>(SandboxGateway.Setup, setup, cancel) is not ({ } customer, { } begun))
        {
            return null;
        }

        if (begun.Method is not null)
        {
            return (BackFrom(setup, begun), null);
        }

        if (SandboxCard.Find(number) is not { } card)
        {
            return (null, "This is not a test number. Choose one below; never type a real card here.");
        }

        var today = Instant.Now(clock).ToUtc();
        if (!int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var m) || m is < 1 or > 12
            || !int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) || (y < 100 ? y += 2000 : y) > today.Year + 50
            || (y * 12) + m < (today.Year * 12) + today.Month)
        {
            return (null, "The expiry must be a month that has not ended, as in 12 and 34.");
        }

        if (card.RefusedAtSetup)
        {
            return (null, card.Behaviour.Message);
        }

        var method = books.IdOf("sbx_pm_", setup);
        var kept = new SandboxMethod(card.Brand, card.Last4, m, y, card.Behaviour.Word);
        var telling = begun.Organization == 0 ? [] : new[] { outbox.TellingOfCard(setup, customer, begun.Organization, method) };
        if (await books.ChangeAsync(setup, begun, begun with { Method = method }, [(method, SandboxGateway.Method, customer, kept), .. telling], cancel) && telling.Length > 0)
        {
            outbox.Wake();
        }

        return (BackFrom(setup, begun), null);
    }

    /// <summary>The setup and where leaving it leads; null where there is none.</summary>
    public async Task<SandboxSetup?> FindSetupAsync(string named, CancellationToken cancel) =>
        SandboxGateway.SetupOf(books, named) is { } setup && await books.FindAsync<SandboxSetup>(SandboxGateway.Setup, setup, cancel) is (_, { } begun) ? begun : null;

    /// <summary>The payment and the card it charges; null where there is none.</summary>
    public async Task<(SandboxPayment Payment, SandboxMethod Card, string Customer)?> FindPaymentAsync(string id, CancellationToken cancel) =>
        await books.FindAsync<SandboxPayment>(SandboxGateway.Payment, id, cancel) is ({ } customer, { } payment)
        && await books.FindAsync<SandboxMethod>(SandboxGateway.Method, payment.Method, cancel) is (_, { } card)
            ? (payment, card, customer)
            : null;

    /// <summary>The holder confirms the payment, or does not pass. Nothing happens where it does not wait for that.</summary>
    public async Task ConfirmAsync(string id, bool passed, CancellationToken cancel)
    {
        if (await FindPaymentAsync(id, cancel) is { Payment: { State: SandboxPayment.Waiting } was, Customer: var customer })
        {
            var becomes = passed
                ? was with { State = SandboxPayment.Paid, Code = "", Message = "" }
                : was with { State = SandboxPayment.Declined, Code = SandboxBehaviour.NotAuthenticated, Message = SandboxBehaviour.NotAuthenticatedMessage };
            await ChangeAsync(id, customer, was, becomes, passed ? "payment_intent.succeeded" : "payment_intent.payment_failed", cancel);
        }
    }

    /// <summary>The holder disputes a payment.</summary>
    public async Task DisputeAsync(string id, CancellationToken cancel)
    {
        if (await FindPaymentAsync(id, cancel) is { Payment: { State: SandboxPayment.Paid, Dispute: null } was, Customer: var customer })
        {
            await ChangeAsync(id, customer, was, was with { Dispute = "open" }, "charge.dispute.created", cancel);
        }
    }

    /// <summary>The dispute ends.</summary>
    public async Task CloseDisputeAsync(string id, bool won, CancellationToken cancel)
    {
        if (await FindPaymentAsync(id, cancel) is { Payment: { Dispute: "open" } was, Customer: var customer })
        {
            await ChangeAsync(id, customer, was, was with { Dispute = won ? "won" : "lost" }, "charge.dispute.closed", cancel);
        }
    }

    private async Task ChangeAsync(string id, string customer, SandboxPayment was, SandboxPayment becomes, string kind, CancellationToken cancel)
    {
        if (await books.ChangeAsync(id, was, becomes, [outbox.Telling(kind, id, customer, becomes)], cancel))
        {
            outbox.Wake();
        }
    }

    private static Uri? BackFrom(string setup, SandboxSetup begun) => begun.Organization != 0 ? null
        : new(begun.ReturnTo + (begun.ReturnTo.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "setup=" + setup, UriKind.RelativeOrAbsolute);
}
