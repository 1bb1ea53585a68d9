using System.Globalization;
using System.Net.Mail;
using BillingPortal.Store;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Notifications;

/// <summary>How mails leave: settings <c>Mail:…</c> and <c>Portal:BaseUrl</c>.</summary>
/// <param name="Host">The mail server; null for none.</param>
/// <param name="Port">Its port.</param>
/// <param name="UseTls">True where nothing is said to it before the connection is encrypted (STARTTLS).</param>
/// <param name="Sender">Who sends, with or without a name.</param>
/// <param name="Folder">Where mails are put as files in place of being sent; null for nowhere. A server wins.</param>
/// <param name="BaseUrl">The portal's own address, for links; null where it is not known.</param>
public sealed record MailOptions(string? Host, int Port, bool UseTls, MailAddress Sender, string? Folder, Uri? BaseUrl)
{
    /// <summary>For servers that ask who calls; null where they do not.</summary>
    public string? UserName { get; init; }

    /// <summary>The password of <see cref="UserName"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Reads the settings. Without a server, Development puts mails into <c>mail/</c> beside the local database; elsewhere they wait.</summary>
    /// <exception cref="InvalidOperationException">A setting cannot be meant; the message says which.</exception>
    public static MailOptions Read(IConfiguration settings, IHostEnvironment environment, DatabaseOptions database)
    {
        var host = Text(settings["Mail:Host"]);
        var folder = Text(settings["Mail:Folder"]) ?? (environment.IsDevelopment() ? Path.Combine(Beside(database), "mail") : null);
        return new(host, PortOf(settings), settings.GetValue("Mail:UseTls", defaultValue: true), SenderOf(settings, host), folder, BaseUrlOf(settings, environment))
        {
            UserName = Text(settings["Mail:UserName"]),
            Password = Text(settings["Mail:Password"]),
        };
    }

    /// <summary>The address of the page at <paramref name="path"/>; the path itself where the portal's own address is not known.</summary>
    public string LinkTo(string path) => BaseUrl is null ? path : BaseUrl.AbsoluteUri.TrimEnd('/') + path;

    private static string? Text(string? setting) => string.IsNullOrWhiteSpace(setting) ? null : setting.Trim();

    private static int PortOf(IConfiguration settings) =>
        Text(settings["Mail:Port"]) is not { } text ? 587
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536 ? port
        : throw new InvalidOperationException($"Mail__Port is '{text}'; it must be a port number, as 587.");

    private static MailAddress SenderOf(IConfiguration settings, string? host) => Text(settings["Mail:From"]) switch
    {
        { } text when MailAddress.TryCreate(text, out var sender) => sender,
        { } text => throw new InvalidOperationException($"Mail__From is '{text}'; it must be an address, as 'Billing <billing@example.com>'."),
        null when host is null => new MailAddress("billing@localhost", "Billing"),
        null => throw new InvalidOperationException("Set Mail__From: mails by Mail__Host need a sender."),
    };

    private static Uri? BaseUrlOf(IConfiguration settings, IHostEnvironment environment)
    {
        var text = Text(settings["Portal:BaseUrl"]) ?? (environment.IsDevelopment() ? settings["Urls"]?.Split(';')[0] : null);
        return text is null ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address
            : throw new InvalidOperationException($"Portal__BaseUrl is '{text}'; it must be the portal's own address, as 'https://billing.example.com'.");
    }

    private static string Beside(DatabaseOptions database) => database.Provider is DatabaseProvider.Sqlite
        ? Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource)) ?? "."
        : Path.GetFullPath(".");
}
