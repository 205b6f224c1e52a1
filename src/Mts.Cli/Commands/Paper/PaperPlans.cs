using System.CommandLine;
using System.Globalization;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.CommandLine;
using Mts.Cli.UserStrategies;
using Mts.Engine;
using Mts.Engine.Sessions;

namespace Mts.Cli.Commands.Paper;

/// <summary>Makes the plan of a new session from the command line.</summary>
internal static class PaperPlans
{
    /// <exception cref="UsageException">Strategy or symbols are missing.</exception>
    /// <exception cref="ConfigurationException">Unknown names, values out of range.</exception>
    public static async Task<SessionPlan> MakeAsync(Session session, AvailableStrategies available, ParseResult arguments, PaperFlags flags, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(flags.Strategies) is not { Length: > 0 } names) throw new UsageException(arguments.GetValue(flags.Id) is { } id ? $"there is no session {id} to go on with, and a new one needs --strategy." : "--strategy is required for a new session.");
        if (arguments.GetValue(flags.Symbols) is not { Length: > 0 } symbols) throw new UsageException("--symbols is required for a new session.");
        var (now, allocation, strategies) = (Timestamp.Now(session.Clock), flags.Allocation.Of(arguments), RunStrategies.Make(session, available, names, arguments.GetValue(flags.Parameters) ?? []));
        var interval = arguments.GetValue(flags.BarLength) ?? Interval.Minute;
        var venue = arguments.GetValue(flags.Venue)!;
        var instruments = symbols.Select(s => new RunInstrument(session.Assets.Find(s).Asset.Id, new SeriesKey(venue, Markets.At(session.Assets, venue, s), interval), HasVolume: true)).Distinct().ToList();
        var warmUp = arguments.GetValue(flags.WarmUp) ?? strategies.Sized(allocation).Strategies.Max(s => s.Needs.WarmUpAt(interval));
        return new SessionPlan
        {
            Id = arguments.GetValue(flags.Id) ?? now.ToDateTimeOffset().ToString("'paper-'yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture),
            Version = VersionCommand.Version,
            Start = interval.IsOnGrid(now) ? now : new Timestamp(interval.Floor(now).Micros + interval.Micros),
            Instruments = instruments,
            Strategies = strategies.Uses,
            Options = await OptionsAsync(session, arguments, flags, instruments, warmUp, cancellationToken),
            Limits = flags.Trading.Limits(session, arguments),
            Aggregator = flags.Aggregator.Of(arguments, [.. strategies.Strategies.Select(s => s.Name)]),
            Allocation = allocation,
            Fill = FillOf(arguments, flags),
            Lateness = TimeSpan.FromSeconds(arguments.GetValue(flags.Lateness) ?? 10),
        };
    }

    /// <summary>What a command line asks for of a session that is there; null where it leaves it as it is.</summary>
    /// <exception cref="UsageException">It asks for a part of a plan, and not for all of it.</exception>
    public static async Task<SessionPlan?> AskedAsync(Session session, AvailableStrategies available, ParseResult arguments, PaperFlags flags, CancellationToken cancellationToken)
    {
        if (flags.Planned(arguments) is not { Count: > 0 } given) return null;
        if (arguments.GetValue(flags.Strategies) is not { Length: > 0 } || arguments.GetValue(flags.Symbols) is not { Length: > 0 })
            throw new UsageException($"the session {arguments.GetValue(flags.Id)} goes on as it began; leave {string.Join(" and ", given)} out, or choose another --session.");
        return await MakeAsync(session, available, arguments, flags, cancellationToken);
    }

    /// <summary>A session that is there goes on as it was; a command line that asks for something else is a mistake.</summary>
    /// <exception cref="UsageException">It asks for other strategies, markets, costs or limits.</exception>
    public static void CheckSame(SessionPlan there, SessionPlan asked)
    {
        const string Remedy = "leave --strategy and what belongs to it out to go on with it, or choose another --session.";
        if (Words(asked) != Words(there)) throw new UsageException($"the session {there.Id} runs {Words(there)}, not {Words(asked)}; {Remedy}");
        if (there.DifferenceFrom(asked) is { } difference) throw new UsageException($"the session {there.Id} began otherwise: {difference}; {Remedy}");
    }

    /// <summary>What runs on what, in words.</summary>
    public static string Words(SessionPlan plan) =>
        $"{string.Join(" + ", plan.Strategies.Select(s => $"{s.Name}({string.Join(", ", s.Parameters.Select(p => $"{p.Key}={p.Value}"))})"))} on {string.Join(", ", plan.Instruments.Select(i => i.Key))}";

    private static FillRule FillOf(ParseResult arguments, PaperFlags flags) => arguments.GetValue(flags.Fill) == "book" ? FillRule.Book : FillRule.Open;

    // The best price of a book is what a taker pays; a guess on top of it is not needed.
    private static async Task<BacktestOptions> OptionsAsync(Session session, ParseResult arguments, PaperFlags flags, IReadOnlyList<RunInstrument> instruments, int warmUp, CancellationToken cancellationToken)
    {
        var options = await flags.Trading.OptionsAsync(session, arguments, instruments, FillOf(arguments, flags) == FillRule.Book ? 0 : null, cancellationToken);
        return options with { AllowGaps = true, WarmUp = warmUp, EquityPerBar = true };
    }
}
