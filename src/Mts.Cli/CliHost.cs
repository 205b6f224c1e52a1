using System.Text;

namespace Mts.Cli;

/// <summary>The world around one run of the command: streams, variables, folders, clock.</summary>
internal sealed record CliHost
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person reads standard output; only then are there colours.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person reads standard error; only then are there progress bars.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Environment variables by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required string CurrentDirectory { get; init; }

    /// <summary>Where the program's files lie.</summary>
    public required string ProgramDirectory { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string? Variable(string name) => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public static CliHost OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return new CliHost
        {
            Out = new StreamWriter(Console.OpenStandardOutput(), utf8, 16_384),
            Error = new StreamWriter(Console.OpenStandardError(), utf8, 256) { AutoFlush = true },
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Variables = variables,
            CurrentDirectory = Environment.CurrentDirectory,
            ProgramDirectory = AppContext.BaseDirectory,
        };
    }
}
