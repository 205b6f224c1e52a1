using Mts.Cli.Configuration;
using Mts.Pipeline.Realtime.Signals;
using Mts.Pipeline.Spreads;

namespace Mts.UnitTests.Cli;

public sealed class SpreadSettingsTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void The_file_of_the_repository_says_the_defaults()
    {
        var read = SettingsLoader.Load(ConfigFiles.Path(""), null, new Dictionary<string, string>(StringComparer.Ordinal), []).Settings.Spreads;
        var defaults = new SpreadOptions();

        read.Pairs.ShouldBe(defaults.Pairs);
        read.FeesBps.ShouldBe(defaults.FeesBps, ignoreOrder: true);
        read.Notionals.ShouldBe(defaults.Notionals);
        (read with { Pairs = defaults.Pairs, FeesBps = defaults.FeesBps, Notionals = defaults.Notionals }).ShouldBe(defaults);
    }

    [Fact]
    public void What_is_set_arrives()
    {
        var read = Load("""
            { "spreads": { "feesBps": { "binance_spot": 7.5 }, "holding": "0s", "minPercent": 0.05, "signals": { "life": "1m" }, "clock": { "assumedTransit": "250ms" } } }
            """);

        read.FeeOf("binance", isPerpetual: false)!.Value.ShouldBe(0.00075);
        read.FeeOf("bybit", isPerpetual: true).ShouldBeNull();
        read.Holding.ShouldBe(TimeSpan.Zero);
        read.MinPercent.ShouldBe(0.05);
        read.Signals.ShouldBe(new RealtimeSignalOptions { Life = TimeSpan.FromMinutes(1) });
        read.Clock.AssumedTransit.ShouldBe(TimeSpan.FromMilliseconds(250));
    }

    [Theory]
    [InlineData("""{ "pairs": ["spott"] }""", "spreads.pairs: 'spott' is unknown; allowed are spot, perp, basis.")]
    [InlineData("""{ "feesBps": { "binance": 1 } }""", "spreads.feesBps.binance is no venue and market; write binance_spot or binance_perp.")]
    [InlineData("""{ "feesBps": { "bybit_perp": 5000 } }""", "spreads.feesBps.bybit_perp: '5000' is not allowed; allowed is -10 to 1000.")]
    [InlineData("""{ "notionals": ["1000", "much"] }""", "spreads.notionals: 'much' is not allowed; allowed are numbers above 0 to 1000000000.")]
    [InlineData("""{ "maxNotional": 50 }""", "spreads.maxNotional is below spreads.minNotional; no size could ever do.")]
    [InlineData("""{ "depthShare": 2 }""", "config/settings.json: spreads.depthShare: '2' is not allowed; allowed is 0.01 to 1.")]
    [InlineData("""{ "maxAge": "2h" }""", "config/settings.json: spreads.maxAge: '02:00:00' is not allowed; allowed is 00:00:00.010 to 01:00:00.")]
    [InlineData("""{ "funding": { "reportEvery": "0s" } }""", "config/settings.json: spreads.funding.reportEvery: '00:00:00' is not allowed; allowed is 00:00:01 to 1.00:00:00.")]
    [InlineData("""{ "signals": { "life": "0s" } }""", "config/settings.json: spreads.signals.life: '00:00:00' is not allowed; allowed is 00:00:01 to 1.00:00:00.")]
    public void What_is_wrong_is_named(string section, string problem) =>
        Should.Throw<SettingsException>(() => Load($$"""{ "spreads": {{section}} }""")).Problems.ShouldBe([problem]);

    private SpreadOptions Load(string settings)
    {
        run.Write("config/settings.json", settings);
        return SettingsLoader.Load(Path.Combine(run.Folder, "config"), null, new Dictionary<string, string>(StringComparer.Ordinal), []).Settings.Spreads;
    }
}
