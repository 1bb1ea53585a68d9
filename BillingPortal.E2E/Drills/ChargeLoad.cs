using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace BillingPortal.E2E.Drills;

/// <summary>A charge that a program asked for.</summary>
internal sealed record Asked(string Key, Guid Organization, long Micros);

/// <summary>
/// Programs that charge over HTTP, as many at once, and keep book of what they were told. A program that gets no answer does not know
/// what happened; it asks again with the same key.
/// </summary>
internal sealed class ChargeLoad(IReadOnlyList<Guid> organizations, string token)
{
    private const int Programs = 64;
    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);
    private ConcurrentQueue<Asked> _inDoubt = new();
    private int _number;

    /// <summary>What was answered with 201: the entry's hash by the charge's key.</summary>
    public IReadOnlyDictionary<string, string> Answers => _answers;

    /// <summary>Every charge asked for, answered or not.</summary>
    public ConcurrentBag<Asked> All { get; } = [];

    /// <summary>How many wait to be asked again.</summary>
    public int InDoubt => _inDoubt.Count;

    /// <summary>Asks until no answer comes any more; calls <paramref name="enough"/> at the answer with that number.</summary>
    public async Task RunAsync(Uri address, int answers, Action enough)
    {
        using var client = Connect(address);
        var answered = 0;
        await Task.WhenAll(Enumerable.Range(0, Programs).Select(_ => Task.Run(async () =>
        {
            while (await AskAsync(client, Next()))
            {
                if (Interlocked.Increment(ref answered) == answers)
                {
                    enough();
                }
            }
        })));
    }

    /// <summary>Asks again, with their keys, for all that got no answer.</summary>
    public async Task AskAgainAsync(Uri address)
    {
        using var client = Connect(address);
        var doubts = Interlocked.Exchange(ref _inDoubt, new());
        await Parallel.ForEachAsync(doubts, new ParallelOptions { MaxDegreeOfParallelism = Programs }, async (asked, _) => await AskAsync(client, asked));
    }

    private static HttpClient Connect(Uri address) =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = Programs }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    private Asked Next()
    {
        var number = Interlocked.Increment(ref _number);
        var asked = new Asked($"charge-{number.ToString(CultureInfo.InvariantCulture)}", organizations[number % organizations.Count], 1 + (number % 9_973));
        All.Add(asked);
        return asked;
    }

    /// <summary>True when it was answered.</summary>
    private async Task<bool> AskAsync(HttpClient client, Asked asked)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/organizations/{asked.Organization}/charges", UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Idempotency-Key", asked.Key);
            request.Content = JsonContent.Create(new { service = "compute", amount = (asked.Micros / 1_000_000m).ToString(CultureInfo.InvariantCulture) });
            using var answer = await client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                throw new InvalidOperationException($"{asked} was answered with {(int)answer.StatusCode}: {body}");
            }

            var hash = JsonDocument.Parse(body).RootElement.GetProperty("hash").GetString()!;
            _answers.AddOrUpdate(asked.Key, hash, (_, before) => before == hash
                ? hash
                : throw new InvalidOperationException($"{asked} was answered twice, differently: {before} and {hash}"));
            return true;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or TaskCanceledException)
        {
            _inDoubt.Enqueue(asked);
            return false;
        }
    }
}
