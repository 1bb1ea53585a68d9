using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Printing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>The document as a page for the printer.</summary>
public sealed partial class InvoicePrintPanel : ComponentBase
{
    /// <summary>The document.</summary>
    [Parameter, EditorRequired]
    public InvoiceDocument Document { get; set; } = default!;

    /// <summary>The file's title.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The portal's own style sheets.</summary>
    [Parameter, EditorRequired]
    public string Styles { get; set; } = "";

    /// <summary>Prints documents: renders the page as here and hands it to the printer.</summary>
    /// <param name="services">For components.</param>
    /// <param name="host">Has the style sheets.</param>
    /// <param name="printer">Prints.</param>
    /// <param name="log">For the renderer and for what fails.</param>
    public sealed partial class Press(IServiceProvider services, IWebHostEnvironment host, IPdfPrinter printer, ILoggerFactory log)
    {
        private static readonly string[] Sheets = ["css/tokens.css", "css/portal.css", "css/kit.css"];

        /// <summary>Why it cannot; null where it can.</summary>
        public string? Lacks => printer.Lacks;

        /// <summary>The invoice as a PDF.</summary>
        public async Task<Outcome<byte[]>> PrintAsync(InvoiceView view, CancellationToken cancel)
        {
            if (printer.Lacks is { } lacking)
            {
                return new Outcome<byte[]>.Unknown(lacking);
            }

            try
            {
                return new Outcome<byte[]>.Done(await printer.PrintAsync(await HtmlAsync(view, cancel), cancel));
            }
            catch (NotPrintedException broken)
            {
                Failed(log.CreateLogger<Press>(), broken.Message, broken);
                return new Outcome<byte[]>.Unknown($"It was not printed: {broken.Message}. Try again, or print it from the browser.");
            }
        }

        /// <summary>The page for the printer. In English, whoever prints it: the same document is the same paper.</summary>
        public async Task<string> HtmlAsync(InvoiceView view, CancellationToken cancel)
        {
            var styles = new List<string>();
            foreach (var sheet in Sheets)
            {
                using var text = new StreamReader(host.WebRootFileProvider.GetFileInfo(sheet).CreateReadStream());
                styles.Add(await text.ReadToEndAsync(cancel));
            }

            await using var renderer = new HtmlRenderer(services, log);
            return await renderer.Dispatcher.InvokeAsync(async () =>
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");
                var page = await renderer.RenderComponentAsync<InvoicePrintPanel>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(Document)] = view.Document, [nameof(Title)] = view.Title, [nameof(Styles)] = string.Join('\n', styles),
                }));
                return "<!doctype html>\n" + page.ToHtmlString();
            });
        }

        [LoggerMessage(2551, LogLevel.Error, "An invoice was not printed: {Reason}. Check the Chromium at Printing__Chromium or on the PATH.")]
        private static partial void Failed(ILogger log, string reason, Exception cause);
    }
}
