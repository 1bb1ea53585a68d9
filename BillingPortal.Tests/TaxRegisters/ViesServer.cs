using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BillingPortal.Tests.TaxRegisters;

/// <summary>VIES's REST interface as it is published, over a real socket: one number is registered, others are not, and it can be out of order.</summary>
internal sealed class ViesServer : IAsyncDisposable
{
    public const string Registered = "DE136695976";
    private readonly WebApplication _app;

    private ViesServer(WebApplication app) => _app = app;

    /// <summary>What it answers next, in place of an answer; null while it works.</summary>
    public (int Status, string Body)? OutOfOrder { get; set; }

    /// <summary>The numbers it was asked about.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>The portal's settings that lead here.</summary>
    public Dictionary<string, string?> Settings => new() { ["TaxRegister:BaseUrl"] = _app.Urls.Single() + "/taxation_customs/vies/rest-api" };

    public static async Task<ViesServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new ViesServer(app);
        app.MapPost("/taxation_customs/vies/rest-api/check-vat-number", (Question question) => server.Answer(question));
        await app.StartAsync();
        return server;
    }

    /// <summary>The portal's own services for a register, with these settings.</summary>
    public static ServiceProvider Portal(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddLogging()
        .AddPortalRegister()
        .BuildServiceProvider();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Answer(Question question)
    {
        var number = question.CountryCode + question.VatNumber;
        Asked.Enqueue(number);
        return OutOfOrder is var (status, body) ? Results.Text(body, "application/json", statusCode: status)
            : Results.Json(number == Registered
                ? new { question.CountryCode, question.VatNumber, requestDate = "2026-11-20T12:00:00.000Z", valid = true, requestIdentifier = "", name = "Acme Robotics GmbH", address = "---" }
                : new { question.CountryCode, question.VatNumber, requestDate = "2026-11-20T12:00:00.000Z", valid = false, requestIdentifier = "", name = "---", address = "---" });
    }

    private sealed record Question(string CountryCode, string VatNumber);
}
