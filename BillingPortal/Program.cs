using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Scheduling;
using BillingPortal.TaxRegisters;
using BillingPortal.Web;
using BillingPortal.Web.CommandLine;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
if (Verbs.IsAsked(args))
{
    // A verb's output is its answer alone, to be piped on; what is logged goes beside it.
    builder.Logging.AddFilter((string?)null, LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}

builder.Services.AddStore();
builder.Services.AddPayments();
builder.Services.AddTaxRegister();
builder.Services.AddWebFloor();
builder.Services.AddTelemetry(builder.Configuration);
builder.Services.AddJobs(builder.Configuration);
builder.Services.AddCapabilities();

await using var app = builder.Build();
if (SystemLibraries.Missing(app.Services) is { } missing)
{
    await Console.Error.WriteLineAsync(missing);
    return 1;
}

if (Verbs.IsAsked(args))
{
    using var cancel = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; cancel.Cancel(); };
    return await Verbs.RunAsync(app.Services, args, Console.Out, Console.Error, cancel.Token);
}

app.UseWebFloor();
app.MapWebFloor();
app.MapCapabilities();
await StoreMigration.MigrateAsync(app.Services.GetRequiredService<IDbContextFactory<BillingStore>>(), CancellationToken.None);
try
{
    await StartSteps.RunAsync(app.Services, CancellationToken.None);
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

await app.RunAsync();
return 0;
