using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Mts.Cli.CommandLine;

/// <summary>Options whose values are checked while the command line is read.</summary>
internal static class Flags
{
    public static Option<int> Days(string description, int fallback) => Whole("--days", description, fallback, (value, result) =>
    {
        if (value < 1) result.AddError("--days must be a positive integer.");
        else if (value > 365) result.AddError("--days cannot exceed 365.");
    });

    public static Option<int> Whole(string name, string description, int fallback, int least, int most, string what) => Whole(name, description, fallback, (value, result) =>
    {
        if (value < least || value > most) result.AddError($"{name} must be {what}.");
    });

    public static Option<string[]> Names(string name, string description, string helpName)
    {
        var names = new Option<string[]>(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = true, CustomParser = result => SplitByComma(result.Tokens) };
        // Not while it is parsed: other checks read the value of an option that is wrong too.
        names.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && SplitByComma(result.Tokens).Length == 0) result.AddError($"{name}: '{string.Join(' ', result.Tokens.Select(t => t.Value))}' names nothing.");
        });
        return names;
    }

    public static Option<Timestamp?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Timestamp.FromDate(day);
            result.AddError($"{name}: '{text}' is not a day; write it like 2024-01-31.");
            return null;
        },
    };

    public static Option<Timestamp?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Timestamp.TryParse(result.Tokens[^1].Value, out var time)) return time;
            result.AddError($"{name}: '{result.Tokens[^1].Value}' is not a time; write it like 2024-01-31 or 2024-01-31T12:00:00Z.");
            return null;
        },
    };

    public static Option<TimeSpan?> Span(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (ReadSpan(text) is { } span) return span;
            result.AddError($"{name}: '{text}' is not a time; write it like 250ms, 90s, 15m, 8h or 7d.");
            return null;
        },
    };

    public static Option<Interval?> BarLength(string description) => Length("--interval", description);

    public static Option<Interval?> Length(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "1m…1w",
        CustomParser = result =>
        {
            if (Interval.TryParse(result.Tokens[^1].Value, out var interval)) return interval;
            result.AddError($"{name}: '{result.Tokens[^1].Value}' is not an interval; allowed are {string.Join(' ', Interval.Names)}.");
            return null;
        },
    };

    /// <summary>A number with bounds.</summary>
    public static Option<double?> Number(string name, string description, double least, double most) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
            result.AddError($"{name}: '{text}' is not a number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}.");
            return null;
        },
    };

    private static Option<int> Whole(string name, string description, int fallback, Action<int, ArgumentResult> check) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) check(value, result);
            else result.AddError($"{name}: '{text}' is not a whole number.");
            return value;
        },
    };

    private static string[] SplitByComma(IReadOnlyList<Token> tokens) =>
        [.. tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static TimeSpan? ReadSpan(string text)
    {
        if (text.EndsWith("ms", StringComparison.Ordinal) && int.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0)
            return TimeSpan.FromMilliseconds(milliseconds);
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' when count <= 36_500 => TimeSpan.FromDays(count),
            _ => null,
        };
    }
}
