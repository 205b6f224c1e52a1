using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.Engine.Sessions;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Sessions;

/// <summary>Plans, and what comes in while a series is lived through.</summary>
internal static class SessionRuns
{
    public static SessionPlan Plan(BacktestInputs inputs, BacktestOptions options, params StrategyUse[] strategies) => new()
    {
        Id = "test",
        Version = Runs.Labels.Version,
        Start = inputs.Start,
        Instruments = [.. inputs.Instruments.Select(i => i.ToInstrument())],
        Strategies = strategies.Length > 0 ? strategies : [new StrategyUse("Script", new Dictionary<string, string>())],
        Options = options,
    };

    /// <summary>Each bar some milliseconds after its close, the instruments in any order; funding and macro figures before the bars of their time.</summary>
    public static List<LiveInput> Events(BacktestInputs inputs, int seed = 0)
    {
        var random = new Random(seed);
        var events = new List<LiveInput>();
        for (var i = 0; i < inputs.Instruments.Count; i++)
        {
            var (series, rates) = (inputs.Instruments[i].Series, inputs.Instruments[i].Funding ?? []);
            for (var b = 0; b < series.Length; b++) events.Add(new LiveBar(series.CloseTime(b) + TimeSpan.FromMilliseconds(random.Next(100, 900)), i, series[b]));
            foreach (var rate in rates.Where(r => r.Time <= inputs.End)) events.Add(new LiveFunding(rate.Time + TimeSpan.FromMilliseconds(50), i, rate));
        }

        foreach (var (id, observations) in inputs.Macro)
        {
            foreach (var o in observations) events.Add(new LiveMacro(o.KnownTime, id, o));
        }

        return [.. events.OrderBy(e => e.Received)];
    }

    public static PaperSession Begin(SessionPlan plan, IStrategyCatalog catalog, ISessionJournal journal, IEnumerable<LiveInput> events)
    {
        var session = PaperSession.Begin(plan, catalog, journal);
        foreach (var e in events) session.Push(e);
        return session;
    }

    /// <summary>Two spot markets, one of them closed for a while, and a perpetual with funding.</summary>
    public static BacktestInputs ThreeMarkets(int seed, int bars = 200)
    {
        BarSeries[] series =
        [
            Runs.Random(seed, bars, "BTC/USDT"),
            Without(Runs.Random(seed + 100, bars, "ETH/USDT"), 80, 95),
            Runs.Random(seed + 200, bars, "SOL/USDT:USDT"),
        ];
        var inputs = Runs.Inputs(series);
        var random = new Random(seed);
        FundingRate[] rates = [.. Enumerable.Range(0, bars * 3).Select(i => new FundingRate(Runs.Start + TimeSpan.FromHours(8 * i), (random.NextDouble() - 0.4) * 0.001, null))];
        return inputs with { Instruments = [inputs.Instruments[0], inputs.Instruments[1], inputs.Instruments[2] with { Funding = rates }] };
    }

    public static BarSeries Without(BarSeries series, int first, int last) =>
        BarSeries.From(series.Key, series.HasVolume, [.. Enumerable.Range(0, series.Length).Where(i => i < first || i > last).Select(i => series[i])]);
}
