using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;

namespace Mts.UnitTests.Engine;

public sealed class InputTests
{
    [Fact]
    public void A_warm_up_of_fewer_bars_than_asked_is_a_warning()
    {
        var series = Runs.Days([.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), 5)]);
        var inputs = Runs.Inputs(series) with { Start = series[2].OpenTime };
        Runs.Run(Runs.BuyHold(), Runs.Free with { WarmUp = 3 }, inputs).Warnings.ShouldContain("test BTC/USDT 1d: of the 3 bars of the warm-up there are 2");
        Runs.Run(Runs.BuyHold(), Runs.Free with { WarmUp = 2 }, inputs).Warnings.ShouldNotContain(w => w.Contains("warm-up", StringComparison.Ordinal));
    }

    [Fact]
    public void All_wrong_options_are_named_at_once()
    {
        var options = new BacktestOptions { Capital = 0, FeeBps = -1, SlippageBps = 20_000, WarmUp = -5, Lots = [0m] };
        var message = Should.Throw<ConfigurationException>(options.Validate).Message;
        foreach (var name in new[] { "capital", "fee-bps", "slippage-bps", "warm-up", "lot" }) message.ShouldContain(name);
    }

    [Fact]
    public void A_hole_is_refused_with_what_there_is_and_allowed_on_request()
    {
        var whole = Runs.Closes([.. Enumerable.Range(1, 10).Select(i => (double)i)]);
        var holed = BarSeries.From(whole.Key, true, [.. Enumerable.Range(0, 10).Where(i => i is not (4 or 5)).Select(i => whole[i])]);
        var message = Should.Throw<BacktestDataException>(() => Runs.Run(Runs.BuyHold(), Runs.Free, holed)).Message;
        message.ShouldContain("2 bars missing in 1 holes");
        message.ShouldContain("2024-01-05");
        message.ShouldContain("--allow-gaps");

        var result = Runs.Run(Runs.BuyHold(), Runs.Free with { AllowGaps = true }, holed);
        result.Warnings.ShouldContain(w => w.Contains("2 bars missing"));
        result.Metrics.Bars.ShouldBe(8);
        result.Equity.Count.ShouldBe(11); // the capital and every day; a day without a bar has the close before it
    }

    [Fact]
    public void A_range_that_is_longer_than_the_data_is_refused()
    {
        var inputs = Runs.Inputs(Runs.Closes(1, 2, 3)) with { End = Timestamp.Parse("2024-02-01") };
        Should.Throw<BacktestDataException>(() => Runs.Run(Runs.BuyHold(), Runs.Free, inputs)).Message.ShouldContain("2024-01-04");
        Should.Throw<BacktestDataException>(() => Runs.Run(Runs.BuyHold(), Runs.Free with { AllowGaps = true }, inputs with { Start = Timestamp.Parse("2024-01-20") }));
    }

    [Fact]
    public void Needs_that_the_data_does_not_meet_are_refused()
    {
        var series = Runs.Closes(1, 2, 3);
        Refused(new StrategyNeeds { MacroSeries = ["VIXCLS"] }).ShouldContain("VIXCLS");
        Refused(new StrategyNeeds { MinInstruments = 2 }).ShouldContain("2");
        series = BarSeries.From(series.Key, hasVolume: false, [series[0], series[1], series[2]]);
        Refused(new StrategyNeeds { Volume = true }).ShouldContain("volume");

        string Refused(StrategyNeeds needs) => Should.Throw<BacktestDataException>(() => Runs.Run(new Script { Needs = needs }, Runs.Free, series)).Message;
    }

    [Fact]
    public void Macro_is_joined_by_the_time_it_became_known()
    {
        // The value of 2 January is published on the 3rd at 14:00 and revised on the 5th at 10:00; that of the 1st comes late.
        MacroObservation[] vintages =
        [
            Observation("2024-01-02", 20, "2024-01-03T14:00:00Z"),
            Observation("2024-01-01", 10, "2024-01-04T14:00:00Z"),
            Observation("2024-01-02", 21, "2024-01-05T10:00:00Z"),
            Observation("2024-01-03", null, "2024-01-04T14:00:00Z"),
        ];
        var seen = new List<string>();
        var script = new Script().Watch(c =>
        {
            var line = "";
            foreach (var o in c.Macro("VIXCLS")) line += $"{o.Day.Day}:{o.Value} ";
            seen.Add(line.Trim());
        });
        var inputs = Runs.Inputs(Runs.Closes(1, 1, 1, 1, 1)) with { Macro = new Dictionary<string, IReadOnlyList<MacroObservation>> { ["VIXCLS"] = vintages } };
        Runs.Run(script, Runs.Free, inputs);
        seen.ShouldBe(["", "", "2:20", "1:10 2:20", "1:10 2:21"]);
    }

    [Fact]
    public void The_past_ends_at_the_present_bar()
    {
        var counts = new List<int>();
        Runs.Run(new Script().Watch(c => counts.Add(c.Past(0).Count)), Runs.Free, Runs.Closes(1, 2, 3, 4));
        counts.ShouldBe([1, 2, 3, 4]);
    }

    private static MacroObservation Observation(string day, double? value, string known) =>
        new(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), value, Timestamp.Parse(known));

    [Fact]
    public void A_range_too_short_for_a_strategy_to_speak_is_a_warning() =>
        Runs.Run(Runs.SmaCross(3, 9), Runs.Free, Runs.Closes(1, 2, 3, 4, 5)).Warnings.ShouldContain(w => w.Contains("says nothing before bar 9"));
}
