using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.Output;
using Mts.Cli.UserStrategies;
using Mts.Core.Risk;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands;

/// <summary><c>mts signals</c>: what the strategies think as of now, joined and judged by the limits; kept in signal_history.</summary>
internal static class SignalsCommand
{
    private const int DaysOfPast = 1_000;

    public static Command Create(CliHost host)
    {
        var strategies = Flags.Names("--strategy", "Strategies by name; those of signals.strategies unless given.", "NAME");
        var path = AvailableStrategies.PathOption();
        var symbols = Flags.Names("--symbols", "Assets or markets; those of sources.symbols that are stored unless given.", "NAME");
        var asOf = Flags.Time("--as-of", "Only what was known then; now unless given.");
        var interval = Flags.BarLength("Length of the bars, 1d unless given.");
        var venue = new Option<string?>("--venue") { Description = "Whose series; the first of sources.order unless given.", HelpName = "NAME" };
        var aggregate = new Option<string>("--aggregate") { Description = "How the strategies are joined.", DefaultValueFactory = _ => "weighted-average", HelpName = "RULE" };
        var command = new Command("signals", "Prints what the strategies think now, with reasons, and stores it.") { strategies, path, symbols, asOf, interval, venue, aggregate };
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var rule = AggregatorOptions.ParseRule(arguments.GetValue(aggregate)!);
            var names = arguments.GetValue(strategies) is { Length: > 0 } given ? given : [.. session.Settings.Signals.Strategies];
            var run = RunStrategies.Make(session, await AvailableStrategies.OfAsync(session, arguments.GetValue(path), StrategyLimit.Usual, cancellationToken), names, []);
            var now = arguments.GetValue(asOf) ?? Timestamp.Now(session.Clock);
            var length = arguments.GetValue(interval) ?? Interval.Day;
            SignalReport report;
            using (var reader = session.OpenReader())
                report = Look(session, reader, run, SymbolsOf(session, reader, arguments.GetValue(symbols) ?? [], length), arguments.GetValue(venue), length, now, rule, cancellationToken);
            using (var store = session.OpenWriter("signals")) store.WriteSignals([.. report.Signals.Select(s => new StoredSignal(s, s.Time, ""))]);
            session.Metrics.Add("signals", report.Signals.Count);
            Show(session, report, now);
            return ExitCode.Done;
        });
    }

    private static IReadOnlyList<string> SymbolsOf(Session session, IBarStore store, string[] given, Interval interval)
    {
        if (given.Length > 0) return given;
        var stored = session.Settings.Sources.Symbols.Where(s => Markets.Stored(store, session.Assets, session.Settings.Sources.Order, s, null, interval).Count > 0).ToList();
        return stored.Count > 0 ? stored : throw new BacktestDataException($"none of the assets of sources.symbols has {interval} bars; `mts collect --days 400` fetches them.");
    }

    private static SignalReport Look(
        Session session, SqliteStore store, RunStrategies run, IReadOnlyList<string> symbols, string? venue, Interval interval, Timestamp asOf, AggregationRule rule,
        CancellationToken cancellationToken)
    {
        var (standing, silent) = (new List<Signal>(), new List<(string Strategy, string Why)>());
        var range = new RunRange(asOf - TimeSpan.FromDays(DaysOfPast), asOf);
        // The series may begin later and end earlier than the range; their age is said with each signal.
        var options = new BacktestOptions { AllowGaps = true, AllowShort = true };
        var macro = run.Strategies.SelectMany(s => s.Needs.MacroSeries).Distinct(StringComparer.Ordinal).ToList();
        var inputs = RunData.FromStore(session, store, symbols, venue, interval, range, 0, macro);
        var dataless = 0;
        for (var i = 0; i < run.Strategies.Count; i++)
        {
            var strategy = run.Strategies[i];
            try
            {
                var labels = new RunLabels { Version = VersionCommand.Version, Parameters = [run.Parameters[i]] };
                var result = Backtest.Run(inputs, [strategy], null, null, options, labels, cancellationToken);
                var last = result.Signals.GroupBy(s => s.Instrument).Select(g => g.Last()).Where(s => s.Horizon is not { } horizon || s.Time + horizon > asOf).ToList();
                if (last.Count == 0) silent.Add((strategy.Name, "has nothing to say"));
                standing.AddRange(last);
            }
            catch (BacktestDataException missing) when (++dataless < run.Strategies.Count)
            {
                silent.Add((strategy.Name, missing.Message));
            }
        }

        standing = [.. standing.OrderBy(s => s.Instrument)];
        return new SignalReport(standing, Join(run, standing, rule), Judge(session, standing, [.. inputs.Instruments.Select(d => d.Asset)]), silent);
    }

    private static IReadOnlyList<AggregateDecision> Join(RunStrategies run, List<Signal> standing, AggregationRule rule)
    {
        var names = run.Strategies.Select(s => s.Name).ToList();
        if (names.Count < 2 || standing.Count == 0) return [];
        return new SignalAggregator(new AggregatorOptions { Rule = rule, Weights = AggregatorOptions.Equal(names) }, names).Aggregate(standing);
    }

    // As for an account that holds nothing yet.
    private static List<RiskAssessment> Judge(Session session, List<Signal> signals, IReadOnlyList<string> assets)
    {
        var policy = new RiskPolicy(RiskOptions.From(session.Settings.Risk), assets);
        var capital = session.Settings.Backtest.Capital;
        return signals.ConvertAll(s => policy.Assess(s, new AccountState(s.Time, capital, capital, capital, [.. assets.Select(_ => 0.0)])));
    }

    private static void Show(Session session, SignalReport report, Timestamp asOf)
    {
        var grid = new Grid("asset", "strategy", "direction", ">confidence", ">size", ">price", ">stop", ">target", "time", "limits") { Title = $"Signals as of {asOf}" };
        for (var i = 0; i < report.Signals.Count; i++)
        {
            var s = report.Signals[i];
            grid.Add(
                s.Asset, s.Strategy, Word(s), Figures.Ratio(s.Confidence), Figures.Percent(s.PositionSize), Figures.Price(s.Price), Figures.Price(s.Stop), Figures.Price(s.Target), s.Time.ToString(), Verdict(report.Risk[i].Decision));
        }

        if (report.Signals.Count > 0) session.Output.Table(grid);
        foreach (var s in report.Signals) session.Output.Line($"{s.Asset} {s.Strategy} {Word(s)}: {s.Reason}");
        foreach (var d in report.Joint) session.Output.Line($"{d.Asset} together: {(d.Result is { } r ? $"{Word(r)} {Figures.Percent(r.PositionSize)}" : "no signal")}: {d.Reason}");
        foreach (var (strategy, why) in report.Silent) session.Output.Line($"{strategy}: {why}");
        session.Output.Document(w => Write(w, report, asOf));
    }

    private static void Write(Utf8JsonWriter w, SignalReport report, Timestamp asOf)
    {
        w.WriteStartObject();
        w.WriteString("as_of", asOf.ToString());
        w.WriteStartArray("signals");
        for (var i = 0; i < report.Signals.Count; i++) Write(w, report.Signals[i], report.Risk[i]);
        w.WriteEndArray();
        w.WriteStartArray("aggregate");
        foreach (var d in report.Joint)
        {
            w.WriteStartObject();
            w.WriteString("asset", d.Asset);
            w.WriteString("rule", JsonNamingPolicy.SnakeCaseLower.ConvertName(d.Rule.ToString()));
            w.WriteString("direction", d.Result is { } r ? Word(r) : null);
            if (d.Result is { } result) w.WriteNumber("position_size", result.PositionSize);
            w.WriteString("reason", d.Reason);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("silent");
        foreach (var (strategy, why) in report.Silent)
        {
            w.WriteStartObject();
            w.WriteString("strategy", strategy);
            w.WriteString("reason", why);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, Signal s, RiskAssessment risk)
    {
        w.WriteStartObject();
        w.WriteString("asset", s.Asset);
        w.WriteString("strategy", s.Strategy);
        w.WriteString("direction", Word(s));
        w.WriteNumber("strength", s.Strength);
        w.WriteNumber("confidence", s.Confidence);
        w.WriteNumber("position_size", s.PositionSize);
        w.WriteNumber("price", s.Price);
        JsonParts.WriteNumber(w, "stop", s.Stop);
        JsonParts.WriteNumber(w, "target", s.Target);
        JsonParts.WriteNumber(w, "horizon_days", s.Horizon?.TotalDays);
        w.WriteString("time", s.Time.ToString());
        w.WriteString("reason", s.Reason);
        w.WriteString("limits", Verdict(risk.Decision));
        w.WriteEndObject();
    }

    private static string Verdict(RiskDecision decision) => decision switch
    {
        RiskDecision.Refused refused => $"refused by {refused.Rule}: {refused.Reason}",
        RiskDecision.Approved { Limits.Count: > 0 } cut => string.Create(CultureInfo.InvariantCulture, $"cut to {cut.Signal.PositionSize:0.####}: {string.Join("; ", cut.Limits)}"),
        _ => "approved",
    };

    private static string Word(Signal signal) => signal.Direction.ToString().ToUpperInvariant();

    /// <param name="Signals">The views that stand.</param>
    /// <param name="Joint">What they are together.</param>
    /// <param name="Risk">What the limits say of each signal.</param>
    /// <param name="Silent">Strategies without a view, and why.</param>
    private sealed record SignalReport(
        IReadOnlyList<Signal> Signals, IReadOnlyList<AggregateDecision> Joint, IReadOnlyList<RiskAssessment> Risk, IReadOnlyList<(string Strategy, string Why)> Silent);
}
