using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace BillingPortal.Tests.Notifications;

/// <summary>A mail server on a port of its own that speaks as much SMTP as a mail takes, and keeps what it is handed.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<string> _mails = Channel.CreateUnbounded<string>();
    private readonly Task _serving;

    public MailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to a recipient.</summary>
    public string ToRecipients { get; set; } = "250 OK";

    /// <summary>Every line that clients said outside mails.</summary>
    public List<string> Said { get; } = [];

    /// <summary>The next mail, as it came.</summary>
    public Task<string> NextAsync() => _mails.Reader.ReadAsync(_stop.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                Said.Add(line);
                await writer.WriteLineAsync(await AnswerAsync(line, reader, writer));
                if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    break;
                }
            }
        }
    }

    private async Task<string> AnswerAsync(string line, StreamReader reader, StreamWriter writer)
    {
        switch (line.Split(' ', ':')[0].ToUpperInvariant())
        {
            case "EHLO":
                return "250-test\r\n250 AUTH LOGIN";
            case "AUTH":
                await writer.WriteLineAsync("334 UGFzc3dvcmQ6");
                Said.Add(await reader.ReadLineAsync(_stop.Token) ?? "");
                return "235 OK";
            case "RCPT":
                return ToRecipients;
            case "DATA":
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(_stop.Token) is { } part && part != ".")
                {
                    mail.Append(part.StartsWith("..", StringComparison.Ordinal) ? part[1..] : part).Append('\n');
                }

                await _mails.Writer.WriteAsync(mail.ToString());
                return "250 taken";
            case "QUIT":
                return "221 bye";
            default:
                return "250 OK";
        }
    }
}
