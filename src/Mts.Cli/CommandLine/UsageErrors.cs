using System.CommandLine;
using System.CommandLine.Parsing;

namespace Mts.Cli.CommandLine;

/// <summary>Says what is wrong with a command line and what is allowed instead.</summary>
internal static class UsageErrors
{
    public static string Describe(ParseResult arguments)
    {
        var command = arguments.CommandResult.Command;
        if (Swallowed(arguments) is { } option) return OptionNames(command).Contains(option, StringComparer.Ordinal) ? $"what stands before {option} needs a value. See `{PathOf(arguments)} --help`." : Unknown(command, option);
        if (arguments.UnmatchedTokens.Count > 0) return Unknown(command, arguments.UnmatchedTokens[0]);
        if (command is { Subcommands.Count: > 0, Action: null }) return $"`{PathOf(arguments)}` needs one of: {Names(command)}.";
        return string.Join(' ', arguments.Errors.Select(e => Sentence(Named(e))).Distinct(StringComparer.Ordinal)) + $" See `{PathOf(arguments)} --help`.";
    }

    /// <summary>An unknown option that an option or argument before it, which takes several values, has taken for a value.</summary>
    public static string? Swallowed(ParseResult arguments) =>
        arguments.CommandResult.Children.Where(c => c is OptionResult or ArgumentResult).SelectMany(c => c.Tokens).FirstOrDefault(t => t.Value.StartsWith("--", StringComparison.Ordinal))?.Value;

    private static string Unknown(Command command, string token)
    {
        var isOption = token.StartsWith('-');
        var names = isOption ? OptionNames(command) : command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).ToList();
        var near = NearestNames.Suggest(NearestNames.To(token, names));
        if (names.Count == 0) return $"unexpected '{token}'; `mts {command.Name} --help` says what is allowed.";
        return $"unknown {(isOption ? "option" : "command")} '{token}'{near}; allowed are {string.Join(' ', names)}.";
    }

    private static List<string> OptionNames(Command command) =>
    [
        .. command.Options.Where(o => !o.Hidden).Select(o => o.Name), GlobalOptions.Config.Name, GlobalOptions.DataDir.Name, GlobalOptions.Env.Name, GlobalOptions.Verbose.Name, GlobalOptions.Json.Name,
    ];

    private static string Names(Command command) => string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));

    private static string PathOf(ParseResult arguments)
    {
        var path = "";
        for (SymbolResult? at = arguments.CommandResult; at is CommandResult { Parent: not null } result; at = at.Parent) path = $" {result.Command.Name}{path}";
        return "mts" + path;
    }

    // The parser's own messages speak of a value, in several lines, and not of the option that it was given for.
    private static string Named(ParseError error)
    {
        var text = string.Join(' ', error.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        if (option is not null && error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal))
            return $"{option.Option.Name}: '{option.Tokens[^1].Value}' is not {(option.Option.ValueType == typeof(int?) || option.Option.ValueType == typeof(int) ? "a whole number" : "a value of it")}";
        return option is null || text.Contains(option.Option.Name, StringComparison.Ordinal) ? text : $"{option.Option.Name}: {text}";
    }

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
