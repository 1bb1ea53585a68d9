using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BillingPortal.Notifications;

/// <summary>A mail as it lies in a folder.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was put there.</param>
/// <param name="To">The recipient.</param>
/// <param name="Subject">The subject, as people read it.</param>
/// <param name="Text">The file; of one that carries others, the beginning.</param>
public sealed record FolderMail(long Number, DateTimeOffset At, string To, string Subject, string Text);

/// <summary>Reads what <see cref="FolderMailSender"/> put into a folder.</summary>
public static partial class MailFolder
{
    private const int Longest = 20_000;

    /// <summary>The mails with the largest numbers, largest first, at most <paramref name="most"/>.</summary>
    public static async Task<IReadOnlyList<FolderMail>> ReadAsync(string folder, int most, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = Directory.GetFiles(folder, "mail-*.eml").Select(file => (File: file, Number: NumberOf(file))).Where(file => file.Number is not null);
        var mails = new List<FolderMail>();
        foreach (var (file, number) in files.OrderByDescending(file => file.Number).Take(most))
        {
            var text = await File.ReadAllTextAsync(file, cancel);
            mails.Add(new FolderMail(number!.Value, new DateTimeOffset(File.GetLastWriteTimeUtc(file)), Header(text, "To"), Header(text, "Subject"), text.Length > Longest ? text[..Longest] + "…" : text));
        }

        return mails;
    }

    private static long? NumberOf(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file)["mail-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A header's value, unfolded and decoded (RFC 5322, RFC 2047).</summary>
    private static string Header(string text, string name)
    {
        var lines = text.Split("\r\n\r\n", 2)[0].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n");
        var value = lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";
        return Word().Replace(Between().Replace(value, ""), word => Decode(word.Groups["form"].Value, word.Groups["text"].Value));
    }

    private static string Decode(string form, string text)
    {
        if (form is "B" or "b")
        {
            var bytes = new byte[text.Length];
            return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : text;
        }

        return Uri.UnescapeDataString(text.Replace("%", "%25", StringComparison.Ordinal).Replace('_', ' ').Replace('=', '%'));
    }

    [GeneratedRegex(@"=\?utf-8\?(?<form>[bq])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    /// <summary>The blank between two encoded words belongs to neither.</summary>
    [GeneratedRegex(@"(?<=\?=)\s+(?==\?)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Between();
}
