using BillingPortal.Capabilities.Demonstrating;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.CommandLine;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Services.AddStore();
builder.Services.AddWebFloor();
builder.Services.AddCapabilities();

await using var app = builder.Build();
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
if (app.Environment.IsDevelopment())
{
    await app.Services.GetRequiredService<DemoData>().FillAsync(CancellationToken.None);
}

await app.RunAsync();
return 0;
