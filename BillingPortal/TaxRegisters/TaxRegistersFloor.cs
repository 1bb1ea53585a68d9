using BillingPortal.Store;

namespace BillingPortal.TaxRegisters;

/// <summary>Puts the register of tax numbers into the container. Setting <c>TaxRegister:BaseUrl</c>; none is asked where it is not set.</summary>
public static class TaxRegistersFloor
{
    /// <summary>VIES's public address, for the setting.</summary>
    public const string PublicVies = "https://ec.europa.eu/taxation_customs/vies/rest-api/";

    private const string Client = "tax-register";

    /// <summary>How long an answer is waited for: some states take long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Adds it.</summary>
    public static IServiceCollection AddTaxRegister(this IServiceCollection services)
    {
        // The log of HTTP calls is off: who asks about whom is nobody's business.
        services.AddHttpClient(Client, client => (client.Timeout, client.MaxResponseContentBufferSize) = (Patience, 256 * 1024))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<ITaxRegister>(provider => AddressIn(provider.GetRequiredService<IConfiguration>()) is { } address
            ? new ViesRegister(provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client), address)
            : new UnsetRegister());
        services.AddSingleton<IStartStep, TaxRegisterStep>();
        return services;
    }

    /// <summary>The register's address, ending in a stroke; null where none is set.</summary>
    /// <exception cref="StartRefusedException">It cannot be meant.</exception>
    internal static Uri? AddressIn(IConfiguration configuration)
    {
        if (configuration["TaxRegister:BaseUrl"] is not { Length: > 0 } set)
        {
            return null;
        }

        return Uri.TryCreate(set.TrimEnd('/') + "/", UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new StartRefusedException($"TaxRegister__BaseUrl must be an https address, as {PublicVies}: tax numbers travel there.");
    }

    /// <summary>Reads the setting before the portal answers.</summary>
    private sealed class TaxRegisterStep(IConfiguration configuration) : IStartStep
    {
        public int Order => 0;

        public Task RunAsync(CancellationToken cancel)
        {
            AddressIn(configuration);
            return Task.CompletedTask;
        }
    }
}
