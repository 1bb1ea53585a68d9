using System.Globalization;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>A question, asked of the portal and of raw SQL.</summary>
/// <typeparam name="TSubject">What it is asked of, small or large.</typeparam>
internal sealed record Question<TSubject>(string Name, Func<TSubject, int, Task> Portal, Func<TSubject, int, Task> Raw, Aim Aim);

/// <summary>
/// Asks questions of a small and of a large subject: the portal against raw SQL on each, and the large one against the small one in
/// turns, so that what else the machine does is not taken for growth.
/// </summary>
internal static class Comparison
{
    /// <summary>How often each question is asked in a row.</summary>
    public const int Times = 200;

    /// <summary>Asks and prints.</summary>
    public static async Task RunAsync<TSubject>(int rounds, (TSubject Subject, int Size) few, (TSubject Subject, int Size) many, IEnumerable<Question<TSubject>> questions)
    {
        foreach (var question in questions)
        {
            foreach (var (subject, size) in new[] { few, many })
            {
                var pair = await Measure.PairsAsync(rounds, () => AskAsync(question.Portal, subject), () => AskAsync(question.Raw, subject));
                var what = $"{question.Name}, {size.ToString("#,0", CultureInfo.InvariantCulture)}";
                Report.Line($"{what}, raw", Report.Time(pair.Raw));
                Report.Line($"{what}, portal", Report.Time(pair.Portal), pair.Ratio, question.Aim);
            }

            var growth = await Measure.PairsAsync(rounds, () => AskAsync(question.Portal, many.Subject), () => AskAsync(question.Portal, few.Subject));
            Report.Line($"{question.Name}, growth", "", growth.Ratio, Aim.Most(1.5));
        }
    }

    private static Task<double> AskAsync<TSubject>(Func<TSubject, int, Task> ask, TSubject subject) => Measure.MicrosAsync(Times, number => ask(subject, number));
}
