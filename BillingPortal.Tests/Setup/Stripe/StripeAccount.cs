using System.Globalization;
using System.Text.Json.Nodes;

namespace BillingPortal.Tests.Setup.Stripe;

/// <summary>What an account at Stripe holds, and its objects as Stripe's documentation prints them. Thread-safe by its one lock.</summary>
internal sealed class StripeAccount
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StripeTestCard> _cards = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faulted = new(StringComparer.Ordinal);
    private int _number;

    /// <summary>Payment intents, newest first.</summary>
    public IReadOnlyList<JsonObject> Payments
    {
        get
        {
            lock (_gate)
            {
                return [.. _objects.Values.Where(value => Text(value, "object") == "payment_intent").Reverse().Select(value => (JsonObject)value.DeepClone())];
            }
        }
    }

    /// <summary>The object, or null.</summary>
    public JsonObject? Find(string id)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(id)?.DeepClone() as JsonObject;
        }
    }

    public JsonObject AddCustomer(IReadOnlyDictionary<string, string> form) => Add("cus", new JsonObject
    {
        ["object"] = "customer", ["name"] = form.GetValueOrDefault("name"), ["metadata"] = Metadata(form),
    });

    public JsonObject AddSetupIntent(IReadOnlyDictionary<string, string> form)
    {
        var intent = Add("seti", new JsonObject { ["object"] = "setup_intent", ["status"] = "requires_payment_method", ["customer"] = form["customer"], ["usage"] = form["usage"], ["metadata"] = Metadata(form) });
        return Change(Text(intent, "id"), found => found["client_secret"] = Text(intent, "id") + "_secret_" + Next());
    }

    public JsonObject AddSession(IReadOnlyDictionary<string, string> form, Uri address)
    {
        var session = Add("cs_test", new JsonObject
        {
            ["object"] = "checkout.session", ["mode"] = "setup", ["status"] = "open", ["customer"] = form["customer"],
            ["success_url"] = form["success_url"], ["cancel_url"] = form["cancel_url"], ["setup_intent"] = null,
        });
        return Change(Text(session, "id"), found => found["url"] = new Uri(address, "/c/pay/" + Text(session, "id")).ToString());
    }

    /// <summary>A card is typed on the hosted page: where it leads, or the error.</summary>
    public (string? Back, string? Refusal) Complete(string session, string number)
    {
        var card = StripeTestCard.All.FirstOrDefault(known => known.Number == number.Replace(" ", ""));
        if (card is null || card.AtSetup)
        {
            return (null, card?.Message ?? "Your card number is invalid.");
        }

        var customer = Text(Find(session)!, "customer");
        var method = Add("pm", new JsonObject
        {
            ["object"] = "payment_method", ["type"] = "card", ["customer"] = customer,
            ["card"] = new JsonObject { ["brand"] = card.Brand, ["last4"] = number[^4..], ["exp_month"] = 12, ["exp_year"] = 2034, ["funding"] = "credit" },
        });
        var intent = Add("seti", new JsonObject { ["object"] = "setup_intent", ["status"] = "succeeded", ["customer"] = customer, ["payment_method"] = Text(method, "id") });
        lock (_gate)
        {
            _cards[Text(method, "id")] = card;
        }

        var done = Change(session, found => (found["status"], found["setup_intent"]) = ("complete", Text(intent, "id")));
        return (Text(done, "success_url").Replace("{CHECKOUT_SESSION_ID}", session), null);
    }

    /// <summary>The session with what <c>expand[]=setup_intent.payment_method</c> asks for.</summary>
    public JsonObject Expanded(JsonObject session)
    {
        if (session["setup_intent"]?.GetValue<string>() is { } id && Find(id) is { } intent)
        {
            intent["payment_method"] = Find(Text(intent, "payment_method"));
            session["setup_intent"] = intent;
        }

        return session;
    }

    /// <summary>The fault that this card brings, the first time only.</summary>
    public StripeFault FaultOf(string key, string method)
    {
        lock (_gate)
        {
            return _cards.GetValueOrDefault(method) is { Fault: not StripeFault.None } card && _faulted.Add(key) ? card.Fault : StripeFault.None;
        }
    }

    /// <summary>Charges: status and body.</summary>
    public (int Status, JsonObject Body) Charge(IReadOnlyDictionary<string, string> form)
    {
        var method = Find(form["payment_method"]);
        if (method is null || method["customer"]?.GetValue<string>() != form["customer"])
        {
            return StripeServer.Failure(404, "invalid_request_error", "resource_missing", $"No such PaymentMethod: '{form["payment_method"]}'");
        }

        var card = _cards[Text(method, "id")];
        var intent = Add("pi", new JsonObject
        {
            ["object"] = "payment_intent", ["amount"] = long.Parse(form["amount"], CultureInfo.InvariantCulture), ["currency"] = form["currency"],
            ["customer"] = form["customer"], ["payment_method"] = Text(method, "id"), ["description"] = form.GetValueOrDefault("description"),
            ["metadata"] = Metadata(form), ["next_action"] = null, ["last_payment_error"] = null, ["status"] = "succeeded", ["latest_charge"] = "ch_" + Next(),
        });
        if (card.Code is null)
        {
            return (200, intent);
        }

        var (status, failure) = StripeServer.Failure(402, "card_error", card.Code, card.Message);
        var error = (JsonObject)failure["error"]!.DeepClone();
        error["decline_code"] = card.DeclineCode;
        intent = Change(Text(intent, "id"), found => (found["status"], found["last_payment_error"]) = ("requires_payment_method", error));
        failure["error"]!["decline_code"] = card.DeclineCode;
        failure["error"]!["payment_intent"] = intent.DeepClone();
        return (status, failure);
    }

    /// <summary>What was refunded of a payment, oldest first.</summary>
    public IReadOnlyList<JsonObject> RefundsOf(string payment)
    {
        lock (_gate)
        {
            return [.. _objects.Values.Where(value => Text(value, "object") == "refund" && Text(value, "payment_intent") == payment).Select(value => (JsonObject)value.DeepClone())];
        }
    }

    public JsonObject AddRefund(IReadOnlyDictionary<string, string> form, long amount) => Add("re", new JsonObject
    {
        ["object"] = "refund", ["amount"] = amount, ["payment_intent"] = form["payment_intent"], ["status"] = "succeeded", ["metadata"] = Metadata(form),
    });

    /// <summary>Changes an object and gives it as it is then.</summary>
    public JsonObject Change(string id, Action<JsonObject> change)
    {
        lock (_gate)
        {
            change(_objects[id]);
            return (JsonObject)_objects[id].DeepClone();
        }
    }

    public static string Text(JsonObject of, string name) => of[name]!.GetValue<string>();

    private JsonObject Add(string prefix, JsonObject value)
    {
        lock (_gate)
        {
            value["id"] = $"{prefix}_{Next()}";
            value["livemode"] = false;
            _objects[Text(value, "id")] = value;
            return (JsonObject)value.DeepClone();
        }
    }

    private string Next() => Interlocked.Increment(ref _number).ToString("D14", CultureInfo.InvariantCulture);

    private static JsonObject Metadata(IReadOnlyDictionary<string, string> form) => new(form
        .Where(pair => pair.Key.StartsWith("metadata[", StringComparison.Ordinal))
        .Select(pair => KeyValuePair.Create(pair.Key[9..^1], (JsonNode?)JsonValue.Create(pair.Value))));
}
