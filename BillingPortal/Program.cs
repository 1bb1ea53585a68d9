using BillingPortal.Store;
using BillingPortal.Web;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Services.AddStore();
builder.Services.AddWebFloor();

var app = builder.Build();
app.UseWebFloor();
app.MapWebFloor();
app.Run();
