using System.Globalization;
using Mts.Core;
using Mts.Core.Features;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Features;

public sealed class FeatureTests
{
    private static readonly string[] All =
        ["close", "returns:1,5", "log_returns:3", "sma:4", "ema:4", "rsi:6", "volatility:5", "atr:3", "zscore:7", "highest:4", "lowest:4", "volume_sma:2", "sma:3@1d", "close@4h", "macro:VIX"];

    [Fact]
    public void Columns_have_stable_names_in_the_order_asked_for() => FeaturePlan.Parse([.. All, "funding"]).Columns.ShouldBe(
        ["close", "return_1", "return_5", "log_return_3", "sma_4", "ema_4", "rsi_6", "volatility_5", "atr_3", "zscore_7", "highest_4", "lowest_4", "volume_sma_2", "sma_3_1d", "close_4h", "macro_VIXCLS", "funding_rate"]);

    [Fact]
    public void Values_are_those_of_the_textbook()
    {
        var rows = Table(Runs.Inputs(Runs.Closes(100, 110, 99, 108.9)), "close", "returns:1,2", "sma:2", "highest:3", "log_returns:1");
        rows.Select(r => r.Values[0]).ShouldBe([100, 110, 99, 108.9]);
        Near(rows.Select(r => r.Values[1]), null, 0.10, -0.10, 0.10);
        Near(rows.Select(r => r.Values[2]), null, null, -0.01, -0.01);
        Near(rows.Select(r => r.Values[3]), null, 105, 104.5, 103.95);
        Near(rows.Select(r => r.Values[4]), null, null, 110, 110);
        Near(rows.Select(r => r.Values[5]), null, Math.Log(1.1), Math.Log(0.9), Math.Log(1.1));
        rows[0].Time.ShouldBe(Runs.Start + TimeSpan.FromDays(1));
    }

    [Fact]
    public void Data_of_later_changes_no_earlier_row()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            BarSeries[] series = [Runs.Random(seed, 300, interval: Interval.Hour), Runs.Random(seed + 7, 300, "ETH/USDT", Interval.Hour)];
            var macro = Macro(seed);
            var all = Table(Runs.Inputs(series) with { Macro = macro }, All);
            all.Count.ShouldBe(600);
            all[^1].Values.ShouldAllBe(v => v != null);
            foreach (var bars in (int[])[30, 31, 120, 217])
            {
                var cut = new Timestamp(series[0].CloseTime(bars - 1).Micros + 1);
                var early = Table(Runs.Inputs([.. series.Select(s => s.Slice(Timestamp.MinValue, new Timestamp(s.OpenTimes[bars])))]) with { Macro = Known(macro, cut) }, All);
                early.Count.ShouldBe(2 * bars);
                Text(early).ShouldBe(Text(all.Take(early.Count)), $"seed {seed} bars {bars}");
            }
        }
    }

    [Fact]
    public void A_macro_value_stands_in_the_rows_from_its_known_time_on()
    {
        var known = Runs.Start + TimeSpan.FromHours(38);
        var inputs = Runs.Inputs(Runs.Closes(1, 1, 1, 1)) with { Macro = new Dictionary<string, IReadOnlyList<MacroObservation>> { ["VIXCLS"] = [new(Runs.Start.Date, 17.5, known)] } };
        Table(inputs, "macro:VIXCLS").Select(r => r.Values[0]).ShouldBe([null, 17.5, 17.5, 17.5]);
    }

    [Fact]
    public void A_strategy_gets_what_the_table_has()
    {
        var series = Runs.Random(3, 200, interval: Interval.Hour);
        var inputs = Runs.Inputs(series) with { Macro = Macro(3) };
        var user = new User(All);
        Runs.Run(user, Runs.Free, inputs);
        Text(user.Rows).ShouldBe(Text(Table(inputs, All)));
    }

    [Fact]
    public void Bars_of_the_warm_up_fill_the_figures_and_have_no_rows()
    {
        var series = Runs.Random(2, 50);
        var rows = Table(Runs.Inputs(series) with { Start = new Timestamp(series.OpenTimes[20]) }, "sma:20");
        rows.Count.ShouldBe(30);
        rows.ShouldAllBe(r => r.Values[0] != null);
    }

    [Theory]
    [InlineData("smaa:20", "did you mean sma")]
    [InlineData("sma", "sma:N with N from 1")]
    [InlineData("zscore:1", "N from 2")]
    [InlineData("close:5", "takes no length")]
    [InlineData("sma:20@7h", "not an interval")]
    [InlineData("macro:NOPE", "unknown macro indicator")]
    public void What_is_no_feature_is_refused(string text, string expected) =>
        Should.Throw<ConfigurationException>(() => FeaturePlan.Parse([text])).Message.ShouldContain(expected);

    [Fact]
    public void The_same_column_twice_is_refused() =>
        Should.Throw<ConfigurationException>(() => FeaturePlan.Parse(["sma:5", "sma:3,5"])).Message.ShouldContain("sma_5");

    private static List<(Timestamp Time, string Asset, double?[] Values)> Table(BacktestInputs inputs, params string[] features)
    {
        var rows = new List<(Timestamp, string, double?[])>();
        FeatureTable.Make(inputs, FeaturePlan.Parse(features), allowGaps: true, (time, instrument, values) => rows.Add((time, instrument.Asset, values.ToArray())), TestContext.Current.CancellationToken);
        return rows;
    }

    private static string Text(IEnumerable<(Timestamp Time, string Asset, double?[] Values)> rows) => string.Join('\n', rows.Select(r => $"{r.Time} {r.Asset} {string.Join(' ', r.Values.Select(v => v?.ToString("R", CultureInfo.InvariantCulture) ?? "-"))}"));

    private static Dictionary<string, IReadOnlyList<MacroObservation>> Macro(int seed)
    {
        var random = new Random(seed);
        return new() { ["VIXCLS"] = [.. Enumerable.Range(0, 20).Select(d => new MacroObservation(Runs.Start.Date.AddDays(d - 3), 10 + (random.NextDouble() * 30), Runs.Start + TimeSpan.FromHours((24 * (d - 3)) + 38)))] };
    }

    private static Dictionary<string, IReadOnlyList<MacroObservation>> Known(Dictionary<string, IReadOnlyList<MacroObservation>> macro, Timestamp before) =>
        macro.ToDictionary(m => m.Key, m => (IReadOnlyList<MacroObservation>)[.. m.Value.Where(o => o.KnownTime < before)]);

    private static void Near(IEnumerable<double?> values, params double?[] expected)
    {
        var list = values.ToList();
        list.Count.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i] is { } e) list[i]!.Value.ShouldBe(e, 1e-12);
            else list[i].ShouldBeNull();
        }
    }

    private sealed class User(string[] features) : IStrategy
    {
        private readonly FeaturePlan plan = FeaturePlan.Parse(features);
        private FeatureSet? set;

        public List<(Timestamp Time, string Asset, double?[] Values)> Rows { get; } = [];

        public string Name => "User";

        public StrategyNeeds Needs => plan.Needs;

        public void OnStart(IStrategyContext context) => set = plan.Begin(0, context.Instruments[0].Key.Interval);

        public void OnSlice(in MarketSlice slice, IStrategyContext context) => Rows.Add((slice.Time, context.Instruments[0].Asset, set!.Update(slice.Bars[0].Bar, context).ToArray()));
    }
}
