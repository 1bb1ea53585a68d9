using BillingPortal.Domain;

namespace BillingPortal.Store.Writing;

/// <summary>What the writer itself answers, whatever was asked.</summary>
internal static class WriterAnswers
{
    public static Outcome<Receipt> TooLarge => new Outcome<Receipt>.Refused(
        new Refusal(RefusalCode.TooLarge, "The amount is beyond what an account can hold. Nothing was posted."));

    public static Outcome<Receipt> KeyReused => new Outcome<Receipt>.Refused(
        new Refusal(RefusalCode.KeyReused, "This idempotency key was used for something else. Nothing was posted."));
}
