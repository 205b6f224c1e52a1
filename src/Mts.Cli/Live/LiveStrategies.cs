using Mts.Cli.Commands;
using Mts.Cli.Commands.Backtests;
using Mts.Cli.UserStrategies;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Live;

/// <summary>The strategies of the settings on the bars of the feeds, warmed up by the venue's past.</summary>
internal sealed class LiveStrategies
{
    private readonly Session session;
    private readonly IReadOnlyList<RunInstrument> instruments;
    private readonly AvailableStrategies available;
    private readonly RunStrategies strategies;

    /// <param name="session">Whose settings say which markets.</param>
    /// <param name="available">What there is to choose from.</param>
    /// <param name="names">Of the strategies.</param>
    /// <exception cref="ConfigurationException">Unknown strategies, parameters or markets.</exception>
    public LiveStrategies(Session session, AvailableStrategies available, IReadOnlyList<string> names)
    {
        (this.session, this.available) = (session, available);
        var settings = session.Settings.Run;
        strategies = RunStrategies.Make(session, available, names, []);
        var (from, symbols) = settings.Symbols.Count > 0 ? ("run.symbols", settings.Symbols) : ("realtime.symbols", session.Settings.Realtime.Symbols);
        instruments = [.. symbols.Select(s => Markets.Named(from, () => InstrumentOf(settings.Venue, settings.Market == "perp", s, settings.Interval))).Distinct()];
        PlanOf(Timestamp.Now(session.Clock)).Validate();
    }

    public string Words => $"{string.Join(" + ", strategies.Strategies.Select(s => s.Name))} on {string.Join(", ", instruments.Select(i => i.Key))}";

    /// <summary>Follows the market until it is cancelled.</summary>
    /// <param name="market">Brings the bars.</param>
    /// <param name="store">Macro figures, as it is when this begins.</param>
    /// <param name="listener">Hears the signals.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(ILiveMarket market, SqliteStore store, ILiveSignalListener listener, CancellationToken cancellationToken)
    {
        var plan = PlanOf(Timestamp.Now(session.Clock));
        var runner = new StrategyRunner(plan, available, listener, () => new StrategyThread(session.Settings.Run.StrategyTimeout, session.Clock, "run.strategyTimeout", cancellationToken));
        foreach (var id in strategies.Strategies.SelectMany(s => s.Needs.MacroSeries).Distinct(StringComparer.Ordinal))
        {
            foreach (var observation in store.ReadMacro(id, DateOnly.MinValue, plan.Start.Date).Where(o => o.Value is not null)) runner.OnMacro(id, observation, plan.Start);
        }

        var from = plan.Start - (plan.Interval.Length * strategies.Strategies.Max(s => s.Needs.WarmUpAt(plan.Interval)));
        await foreach (var input in market.FollowAsync([.. instruments.Select(i => new LiveSeries(i.Key, from))], cancellationToken)) runner.OnInput(input);
    }

    private StrategyRunnerPlan PlanOf(Timestamp now) => new()
    {
        Version = VersionCommand.Version,
        Instruments = instruments,
        Strategies = strategies.Uses,
        Start = session.Settings.Run.Interval.Floor(now),
        Lateness = session.Settings.Run.Lateness,
        Rule = AggregatorOptions.ParseRule(session.Settings.Run.Aggregate),
    };

    private RunInstrument InstrumentOf(string venue, bool isPerpetual, string text, Interval interval)
    {
        var symbol = isPerpetual ? Markets.PerpetualAt(session.Assets, venue, text) : Markets.At(session.Assets, venue, text);
        return new RunInstrument(session.Assets.Find(text).Asset.Id, new SeriesKey(venue, symbol, interval), HasVolume: true);
    }
}
