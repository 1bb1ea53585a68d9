using System.Text;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>Gets a new password from whoever runs a verb; null where there is none, or where it was not typed alike twice.</summary>
/// <param name="mayPrompt">True where a person at a terminal may be asked; otherwise standard input's first line is it.</param>
/// <param name="prompts">Where to ask.</param>
public delegate Task<string?> AskPassword(bool mayPrompt, TextWriter prompts);

/// <summary>Asks at the terminal, without echo.</summary>
public static class PasswordPrompt
{
    /// <summary>Reads standard input where it is no terminal or no prompt is wanted; asks twice otherwise.</summary>
    public static async Task<string?> AskAsync(bool mayPrompt, TextWriter prompts)
    {
        if (!mayPrompt || Console.IsInputRedirected)
        {
            return await Console.In.ReadLineAsync();
        }

        await prompts.WriteAsync("Password: ");
        var first = ReadHidden();
        await prompts.WriteAsync("\nAgain: ");
        var second = ReadHidden();
        await prompts.WriteLineAsync();
        return string.Equals(first, second, StringComparison.Ordinal) ? first : null;
    }

    private static string ReadHidden()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        return typed.ToString();
    }
}
