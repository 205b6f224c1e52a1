using System.CommandLine;
using System.Globalization;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.CommandLine;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Sessions;

namespace Mts.Cli.Commands.Paper;

/// <summary>Makes the plan of a new session from the command line.</summary>
internal static class PaperPlans
{
    /// <exception cref="UsageException">Strategy or symbols are missing.</exception>
    /// <exception cref="ConfigurationException">Unknown names, values out of range.</exception>
    public static SessionPlan Make(Session session, ParseResult arguments, PaperFlags flags, Timestamp now)
    {
        if (arguments.GetValue(flags.Strategies) is not { Length: > 0 } names) throw new UsageException("--strategy is required for a new session.");
        if (arguments.GetValue(flags.Symbols) is not { Length: > 0 } symbols) throw new UsageException("--symbols is required for a new session.");
        var strategies = RunStrategies.Make(session, names, arguments.GetValue(flags.Parameters) ?? []);
        var interval = arguments.GetValue(flags.BarLength) ?? Interval.Minute;
        var venue = arguments.GetValue(flags.Venue)!;
        var instruments = symbols.Select(s => new RunInstrument(session.Assets.Find(s).Asset.Id, new SeriesKey(venue, Markets.At(session.Assets, venue, s), interval), HasVolume: true)).Distinct().ToList();
        return new SessionPlan
        {
            Id = arguments.GetValue(flags.Id) ?? now.ToDateTimeOffset().ToString("'paper-'yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture),
            Version = VersionCommand.Version,
            Start = interval.IsOnGrid(now) ? now : new Timestamp(interval.Floor(now).Micros + interval.Micros),
            Instruments = instruments,
            Strategies = [.. strategies.Strategies.Select((s, i) => new StrategyUse(s.Name, strategies.Parameters[i]))],
            Options = Options(session, arguments, flags, arguments.GetValue(flags.WarmUp) ?? strategies.Strategies.Max(s => s.Needs.WarmUpAt(interval))),
            Limits = arguments.GetValue(flags.Risk) is { } file ? RiskFile.Read(session, file) : null,
            Aggregator = strategies.Strategies.Count > 1 ? new AggregatorOptions { Weights = AggregatorOptions.Equal(strategies.Strategies.Select(s => s.Name)) } : null,
            Fill = FillOf(arguments, flags),
            Lateness = TimeSpan.FromSeconds(arguments.GetValue(flags.Lateness) ?? 10),
        };
    }

    /// <summary>A session that is there goes on as it was; a command line that asks for something else is a mistake.</summary>
    /// <exception cref="UsageException">It names other strategies or markets.</exception>
    public static void CheckSame(SessionPlan there, Session session, ParseResult arguments, PaperFlags flags)
    {
        if (arguments.GetValue(flags.Strategies) is not { Length: > 0 }) return;
        var asked = Make(session, arguments, flags, there.Start);
        if (Words(asked) != Words(there)) throw new UsageException($"the session {there.Id} runs {Words(there)}, not {Words(asked)}; leave --strategy out to go on with it, or choose another --session.");
    }

    /// <summary>What runs on what, in words.</summary>
    public static string Words(SessionPlan plan) =>
        $"{string.Join(" + ", plan.Strategies.Select(s => $"{s.Name}({string.Join(", ", s.Parameters.Select(p => $"{p.Key}={p.Value}"))})"))} on {string.Join(", ", plan.Instruments.Select(i => i.Key))}";

    private static FillRule FillOf(ParseResult arguments, PaperFlags flags) => arguments.GetValue(flags.Fill) == "book" ? FillRule.Book : FillRule.Open;

    private static BacktestOptions Options(Session session, ParseResult arguments, PaperFlags flags, int warmUp)
    {
        var settings = session.Settings.Backtest;
        // The best price of a book is what a taker pays; a guess on top of it is not needed.
        var slippage = FillOf(arguments, flags) == FillRule.Book ? 0 : settings.SlippageBps;
        return new BacktestOptions
        {
            Capital = (decimal)(arguments.GetValue(flags.Capital) ?? settings.Capital),
            FeeBps = (decimal)(arguments.GetValue(flags.FeeBps) ?? settings.FeeBps),
            SlippageBps = (decimal)(arguments.GetValue(flags.SlippageBps) ?? slippage),
            AllowShort = arguments.GetValue(flags.AllowShort),
            AllowGaps = true,
            WarmUp = warmUp,
            EquityPerBar = true,
            Seed = settings.Seed,
        };
    }
}
