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
        foreach (var signal in Run(name, Length, shift: Length))
        {
            signal.Strategy.ShouldBe(name);
            signal.Reason.ShouldNotBeNullOrWhiteSpace();
            signal.Reason.ShouldNotContain("NaN");
            signal.Strength.ShouldBeInRange(0, 1);
            signal.Confidence.ShouldBeInRange(0, 1);
            signal.PositionSize.ShouldBeInRange(0, 1);
            var sign = (int)signal.Direction;
            if (signal.Stop is { } stop) (sign * (signal.Price - stop)).ShouldBeGreaterThan(0);
            if (signal.Target is { } target) (sign * (target - signal.Price)).ShouldBeGreaterThan(0);
        }
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

    // From day `shift` on, prices and VIX come from another seed.
    private static IReadOnlyList<Signal> Run(string name, int length, int shift)
    {
        double[] Joined(int seed, double deviation)
        {
            var (now, later) = (Days.Walk(seed, Length, deviation), Days.Walk(seed + 100, Length, deviation));
            return [.. Enumerable.Range(0, length).Select(i => i < shift ? now[i] : later[i] * 3)];
        }

        var (vix, other) = (Days.Walk(21, Length + 10, 0.2), Days.Walk(22, Length + 10, 0.2));
        var series = new BarSeries[] { Days.Of("BTC", Joined(1, 0.05)), Days.Of("ETH", Joined(2, 0.05)) };
        var macro = Days.Vix(length, i => (i < shift ? vix[i + 10] : other[i + 10]) / 4);
        return new StrategyRun(series, macro).Run(Catalog.Create(name, new Dictionary<string, string>()));
    }
}
