namespace Mts.Cli.CommandLine;

/// <summary>Translates the flag spelling of the first version (<c>mts --collect --days 7</c>) into verbs; pure.</summary>
internal static class BriefSpelling
{
    private static readonly string[] Actions = ["--collect", "--collect-macro", "--schedule", "--server", "--version"];
    private static readonly string[] BacktestFlags = ["--symbols", "--start", "--end", "--strategy"];

    /// <returns>The commands to run, one after another: one, or two where both collections were asked for.</returns>
    /// <exception cref="UsageException">Flags that contradict each other.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Translate(IReadOnlyList<string> arguments)
    {
        var start = FirstAfterGlobals(arguments);
        if (start == arguments.Count || !arguments[start].StartsWith('-') || IsHelp(arguments)) return [arguments];
        if (Has(arguments, "--server")) return [Rewrite(arguments, "server", ["--server"])];
        if (Has(arguments, "--schedule")) return [Rewrite(arguments, "schedule", ["--schedule"])];
        Check(arguments);
        if (Has(arguments, "--version")) return [Rewrite(arguments, "version", ["--version"])];
        var collect = Rewrite(arguments, "collect", Actions, without: "--macro-indicators");
        var macro = Rewrite(arguments, "collect-macro", Actions);
        return (Has(arguments, "--collect"), Has(arguments, "--collect-macro")) switch
        {
            (true, true) => [collect, macro],
            (true, false) => [collect],
            (false, true) => [macro],
            _ when BacktestFlags.Any(f => Has(arguments, f)) => [Rewrite(arguments, "backtest", [])],
            _ => [arguments],
        };
    }

    private static void Check(IReadOnlyList<string> arguments)
    {
        if (Has(arguments, "--macro-indicators") && !Has(arguments, "--collect-macro"))
            throw new UsageException("--macro-indicators needs --collect-macro.");
        var minutes = Value(arguments, "--interval");
        if (minutes is not null && int.TryParse(minutes, out _))
            throw new UsageException("--interval in minutes needs --schedule; the length of a bar is written like 1d or 1h.");
        if (Has(arguments, "--collect") || Has(arguments, "--collect-macro")) CheckDays(Value(arguments, "--days"));
        if (Has(arguments, "--collect") && Has(arguments, "--collect-macro") && Has(arguments, "--json"))
            throw new UsageException("--json prints one document: run --collect and --collect-macro one after the other.");
    }

    private static void CheckDays(string? days)
    {
        if (days is null) return;
        if (!int.TryParse(days, out var count) || count < 1) throw new UsageException($"--days must be a positive integer, not '{days}'.");
        if (count > 365) throw new UsageException("--days cannot exceed 365; `mts collect --start` takes a longer range.");
    }

    /// <returns>The arguments with the verb in front and the action flags taken out, <paramref name="without"/> with its values too.</returns>
    private static List<string> Rewrite(IReadOnlyList<string> arguments, string verb, string[] actions, string? without = null)
    {
        var result = new List<string> { verb };
        var skipping = false;
        foreach (var argument in arguments)
        {
            if (argument.StartsWith('-')) skipping = string.Equals(argument, without, StringComparison.Ordinal);
            if (!skipping && !actions.Contains(argument, StringComparer.Ordinal)) result.Add(argument);
        }

        return result;
    }

    private static int FirstAfterGlobals(IReadOnlyList<string> arguments)
    {
        var i = 0;
        while (i < arguments.Count)
        {
            if (GlobalOptions.TakesValue(arguments[i])) i += 2;
            else if (GlobalOptions.IsFlag(arguments[i])) i++;
            else break;
        }

        return Math.Min(i, arguments.Count);
    }

    private static bool IsHelp(IReadOnlyList<string> arguments) => Has(arguments, "--help") || Has(arguments, "-h") || Has(arguments, "-?");

    private static bool Has(IReadOnlyList<string> arguments, string flag) =>
        arguments.Any(a => string.Equals(a, flag, StringComparison.Ordinal) || a.StartsWith(flag + "=", StringComparison.Ordinal));

    private static string? Value(IReadOnlyList<string> arguments, string flag)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (string.Equals(arguments[i], flag, StringComparison.Ordinal)) return i + 1 < arguments.Count ? arguments[i + 1] : null;
            if (arguments[i].StartsWith(flag + "=", StringComparison.Ordinal)) return arguments[i][(flag.Length + 1)..];
        }

        return null;
    }
}
