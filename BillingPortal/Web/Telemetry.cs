using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BillingPortal.Web;

/// <summary>
/// Traces and metrics by OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. The hosting and instrumentation packages are absent from the
/// feed, so the providers are built by hand and registered through factories: the container disposes them.
/// </summary>
public static class Telemetry
{
    /// <summary>Adds the exporters where an endpoint is set; nothing otherwise.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return services;
        }

        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.AspNetCore", "Npgsql").AddOtlpExporter().Build());
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Components", "Npgsql", "System.Runtime").AddOtlpExporter().Build());
        services.AddHostedService<Starter>();
        return services;
    }

    /// <summary>Asks for the providers, so that they listen from the start.</summary>
    private sealed class Starter(TracerProvider tracer, MeterProvider meter) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            (_, _) = (tracer, meter);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
