namespace BillingPortal.Web.CommandLine;

/// <summary>Something the portal does from the command line, after <c>--</c>. A face: it stands in its room and belongs to the Web floor.</summary>
public interface IVerb
{
    /// <summary>The word, as in <c>import-usage</c>.</summary>
    string Name { get; }

    /// <summary>Its arguments, as in <c>FILE [--replace]</c>.</summary>
    string Arguments { get; }

    /// <summary>One line on what it does.</summary>
    string Summary { get; }

    /// <summary>Does it. Gives the exit code: 0 done, 1 it could not be done, 2 the arguments are wrong (throw <see cref="UsageException"/>).</summary>
    Task<int> RunAsync(VerbArguments arguments, TextWriter output, TextWriter errors, CancellationToken cancel);
}

/// <summary>The arguments cannot be meant; the message says which and why. Exit code 2.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>A verb's arguments, split into positions and options. <c>--name value</c>, <c>--name=value</c> and bare <c>--name</c> are understood.</summary>
public sealed class VerbArguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<string> _positions = [];
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    /// <summary>Reads them; names in <paramref name="flags"/> take no value.</summary>
    /// <exception cref="UsageException">An option lacks its value.</exception>
    public VerbArguments(IReadOnlyList<string> arguments, params IReadOnlyCollection<string> flags)
    {
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                _positions.Add(argument);
            }
            else if (argument.Split('=', 2) is [var name, var value])
            {
                _options[name[2..]] = value;
            }
            else if (flags.Contains(argument[2..]) || at + 1 == arguments.Count || arguments[at + 1].StartsWith("--", StringComparison.Ordinal))
            {
                _flags.Add(argument[2..]);
            }
            else
            {
                _options[argument[2..]] = arguments[++at];
            }
        }
    }

    /// <summary>The arguments that are no options.</summary>
    public IReadOnlyList<string> Positions => _positions;

    /// <summary>An option's value, or null.</summary>
    /// <exception cref="UsageException">It stands there without a value.</exception>
    public string? Option(string name) => _options.TryGetValue(name, out var value) ? value
        : _flags.Contains(name) ? throw new UsageException($"--{name} needs a value.") : null;

    /// <summary>An option's value.</summary>
    /// <exception cref="UsageException">It is missing.</exception>
    public string Required(string name) => Option(name) ?? throw new UsageException($"--{name} is missing.");

    /// <summary>True where the flag stands there.</summary>
    public bool Flag(string name) => _flags.Contains(name);

    /// <summary>Refuses options that the verb does not know, so that a typing error is not passed over.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    public void Allow(params IReadOnlyCollection<string> names)
    {
        if (_options.Keys.Concat(_flags).FirstOrDefault(name => !names.Contains(name) && !IsSetting(name)) is { } unknown)
        {
            throw new UsageException($"--{unknown} is not an option here.");
        }
    }

    /// <summary>Settings may be given on any command line: --Database:Provider=postgres, --urls, --environment.</summary>
    private static bool IsSetting(string name) => name.Contains(':', StringComparison.Ordinal) || name is "urls" or "environment" or "contentRoot";
}
