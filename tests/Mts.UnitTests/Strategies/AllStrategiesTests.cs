using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.UnitTests.Strategies;

/// <summary>Laws that every strategy of the catalogue obeys.</summary>
public sealed class AllStrategiesTests
{
    private const int Length = 400;
    private static readonly StrategyCatalog Catalog = new();

    public static TheoryData<string> Names => [.. Catalog.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_future_changes_no_signal(string name)
    {
        var whole = Run(name, Length, shift: Length);
        var signalled = 0;
        for (var cut = 60; cut < Length; cut += 17)
        {
            // The same past; every later bar and observation is another one, or missing.
            var until = Days.At(cut);
            var past = whole.Where(s => s.Time <= until).ToList();
            Run(name, Length, shift: cut).Where(s => s.Time <= until).ShouldBe(past);
            Run(name, cut, shift: cut).ShouldBe(past);
            signalled += past.Count;
        }

        signalled.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Signals_can_be_executed(string name)
    {
        foreach (var signal in Run(name, Length, shift: Length)) Check(name, signal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_runs_say_the_same(string name) => Run(name, Length, Length).ShouldBe(Run(name, Length, Length));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_shipped_file_holds_the_defaults(string name)
    {
        var descriptor = Catalog.All.Single(d => d.Name == name);
        var file = ConfigFiles.Read(Path.Combine("strategies", $"{name}.json"));
        file.ToDictionary(p => p.Key, p => double.Parse(p.Value)).OrderBy(p => p.Key)
            .ShouldBe(descriptor.Parameters.ToDictionary(p => p.Name, p => p.Default).OrderBy(p => p.Key));
        Catalog.Create(name, file).Name.ShouldBe(name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_outside_their_range_are_refused(string name)
    {
        foreach (var p in Catalog.All.Single(d => d.Name == name).Parameters)
        {
            foreach (var value in new[] { p.Min - 1, p.Max + 1 })
            {
                Should.Throw<Mts.Core.ConfigurationException>(() => Catalog.Create(name, new Dictionary<string, string> { [p.Name] = $"{value}" }))
                    .Message.ShouldContain($"{p.Name} = ");
            }
        }
    }

    [Fact]
    public void There_is_no_file_for_a_strategy_that_does_not_exist() =>
        Directory.GetFiles(ConfigFiles.Path("strategies")).Select(Path.GetFileNameWithoutExtension).Order()
            .ShouldBe(Catalog.All.Select(d => d.Name).Order());

    // The two that live on publications of the VIX judge fewer rows than they look at, as long as there are no more.
    public static TheoryData<string> WaitingNames => [.. Catalog.All.Select(d => d.Name).Where(n => n is not ("MeanReversion" or "VixCorrelation"))];

    [Theory]
    [MemberData(nameof(WaitingNames))]
    public void Nothing_is_said_before_the_warm_up_is_over(string name)
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var first = Run(name, Length, shift: Length, seed).Select(s => s.Time.Micros).DefaultIfEmpty(long.MaxValue).Min();
            first.ShouldBeGreaterThanOrEqualTo(Days.At(Catalog.Create(name, Laxer(name)).Needs.WarmUpBars).Micros);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Still_gappy_and_silent_markets_are_no_error(string name)
    {
        var walk = Days.Walk(9, Length, 0.05);
        Func<int, double>[] closes = [_ => 0.1, i => i < 200 ? 50 : walk[i], i => walk[i / 40 * 40]];
        Func<int, bool>[] isOpen = [_ => true, i => i % 7 != 3, i => i is < 100 or > 160];
        foreach (var close in closes)
        {
            foreach (var open in isOpen)
            {
                BarSeries Of(string symbol, Func<int, bool> trades) => BarSeries.From(
                    new SeriesKey("test", Symbol.Parse(symbol), Interval.Day), true,
                    [.. Enumerable.Range(0, Length).Where(trades).Select(i => new Bar(Days.At(i), close(i), close(i), close(i), close(i), i < 300 ? 0 : i % 5))]);

                foreach (var signal in Play(name, [Of(First(name), open), Of(Second(name), _ => true)], Length, Length, 1)) Check(name, signal);
            }
        }
    }

    private static void Check(string name, Signal signal)
    {
        signal.Strategy.ShouldBe(name);
        signal.Reason.ShouldNotBeNullOrWhiteSpace();
        signal.Reason.ShouldNotContain("NaN");
        signal.Reason.ShouldNotContain("Infinity");
        signal.Strength.ShouldBeInRange(0, 1);
        signal.Confidence.ShouldBeInRange(0, 1);
        signal.PositionSize.ShouldBeInRange(0, 1);
        var sign = (int)signal.Direction;
        if (signal.Stop is { } stop) (sign * (signal.Price - stop)).ShouldBeGreaterThan(0);
        if (signal.Target is { } target) (sign * (target - signal.Price)).ShouldBeGreaterThan(0);
    }

    // Patterns that a random walk rarely shows are asked for less strictly.
    private static Dictionary<string, string> Laxer(string name) => name switch
    {
        "EthTopsBottoms" => new() { ["high"] = "55", ["low"] = "45", ["nearness"] = "0.1", ["min_confidence"] = "0.2" },
        "PairsTrading" => new() { ["lookback"] = "40", ["entry"] = "1.2" },
        "MultiBucket" => new() { ["z_rows"] = "60" },
        _ => [],
    };

    private static string First(string name) => name == "FundingCarry" ? "BTC/USDT:USDT" : "BTC/USDT";

    private static string Second(string name) => name == "FundingCarry" ? "BTC/USDT" : "ETH/USDT";

    // From day `shift` on, prices, volumes, macro values and funding rates come from another seed.
    private static IReadOnlyList<Signal> Run(string name, int length, int shift, int seed = 1)
    {
        double[] Joined(int own, double deviation)
        {
            var (now, later) = (Days.Walk(own, Length, deviation), Days.Walk(own + 100, Length, deviation));
            return [.. Enumerable.Range(0, length).Select(i => i < shift ? now[i] : later[i] * 3)];
        }

        BarSeries Of(string symbol, double[] closes, double[] volumes) => BarSeries.From(
            new SeriesKey("test", Symbol.Parse(symbol), Interval.Day), true, [.. closes.Select((c, i) => new Bar(Days.At(i), c, c, c, c, volumes[i]))]);

        return Play(name, [Of(First(name), Joined(seed, 0.05), Joined(seed + 10, 1)), Of(Second(name), Joined(seed + 1, 0.05), Joined(seed + 11, 1))], length, shift, seed);
    }

    private static IReadOnlyList<Signal> Play(string name, BarSeries[] series, int length, int shift, int seed)
    {
        var strategy = Catalog.Create(name, Laxer(name));
        var macro = strategy.Needs.MacroSeries.Select((id, k) => (Id: id, Values: Macro(id, length, shift, seed + 20 + (2 * k)))).ToDictionary(m => m.Id, m => m.Values);
        var (paid, other) = (Days.Walk(seed + 30, 3 * Length, 0.3), Days.Walk(seed + 31, 3 * Length, 0.3));
        FundingRate[] rates = [.. Enumerable.Range(0, 3 * length).Select(i => new FundingRate(Days.Start + TimeSpan.FromHours(8 * i), ((i < 3 * shift ? paid : other)[i] - 80) / 200_000, null))];
        return new StrategyRun(series, macro) { Rates = new Dictionary<int, FundingRate[]> { [0] = rates } }.Run(strategy);
    }

    private static MacroObservation[] Macro(string id, int length, int shift, int seed)
    {
        const int Before = 300;
        var (now, later) = (Days.Walk(seed, Length + Before, 0.2), Days.Walk(seed + 1, Length + Before, 0.2));
        // Levels at which readings change: the VIX about 25, the dollar about 100, yields and spreads about 4.
        var scale = id switch { "VIXCLS" => 0.25, "DTWEXBGS" => 1, _ => 0.04 };
        return
        [
            .. Enumerable.Range(-Before, length + Before).Select(i => (Day: Days.At(i).Date, Value: scale * (i < shift ? now : later)[i + Before])).Where(o => UsBusinessCalendar.IsBusinessDay(o.Day))
                .Select(o => new MacroObservation(o.Day, o.Value, MacroCatalog.Find(id).KnownTime(o.Day))),
        ];
    }
}
