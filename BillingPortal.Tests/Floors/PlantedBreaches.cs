// Breaches of every house rule, planted here so that a test can show that the rules find them. Their namespaces put them on the
// floors of the plan, though they stand in the test assembly.
namespace BillingPortal.Domain.Planted
{
    internal sealed class LooksUp
    {
        private readonly Web.Planted.Above _above = new();

        public int Answer => _above.GetHashCode();
    }

    internal static class Impure
    {
        public static Guid Chance() => new Func<Guid>(() => Guid.NewGuid())();

        public static long Rounded(long micros) => (long)(micros * 0.5);

        public static bool Knows(object thing) => thing is Npgsql.NpgsqlException;
    }

    internal sealed class MoneyHelper;
}

namespace BillingPortal.Capabilities.PlantedRoom
{
    internal static class Command
    {
        public static string Other() => PlantedNextRoom.Query.Text;

        public static async Task<int> UsesAFaceAsync()
        {
            await Task.Yield();
            return new PlantedPage().Answer;
        }
    }

    internal sealed class PlantedPage
    {
        public int Answer { get; } = new Web.Planted.Above().GetHashCode() + Store.Agreement.OfProgram.GetHashCode();

        public Microsoft.AspNetCore.Identity.SignInManager<string>? Door { get; set; }
    }
}

namespace BillingPortal.Capabilities.PlantedNextRoom
{
    public sealed class Query(Store.JournalWriter writer)
    {
        public int Answer => writer.GetHashCode();

        public static string Text => string.Concat("update ledger_head set seq = ", Environment.ProcessId);
    }
}

namespace BillingPortal.Web.Planted
{
    internal sealed class Above;
}
