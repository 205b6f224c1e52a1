using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Mts.Cli.Configuration;
using Microsoft.Extensions.Logging;

namespace Mts.UnitTests.Cli;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly CliRun run = new();
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);

    public void Dispose() => run.Dispose();

    [Fact]
    public void An_empty_file_gives_the_defaults()
    {
        var loaded = Load("{}");

        loaded.Settings.Backtest.Capital.ShouldBe(100_000);
        loaded.Settings.Backtest.FeeBps.ShouldBe(10);
        loaded.Settings.Backtest.SlippageBps.ShouldBe(5);
        loaded.Settings.Sources.Order.ShouldBe(["binance", "bybit", "coingecko"]);
        loaded.Environment.ShouldBe("Development");
        loaded.Bound.ShouldAllBe(b => b.Origin == "default");
    }

    [Fact]
    public void The_defaults_keep_their_own_rules() => Breaches("", new Settings()).ShouldBeEmpty();

    [Fact]
    public void The_last_layer_that_speaks_wins()
    {
        run.Write("config/settings.Production.json", """{ "backtest": { "feeBps": 2, "slippageBps": 2, "seed": 2 } }""");
        variables["MTS__Backtest__SlippageBps"] = "3";
        variables["MTS__BACKTEST__SEED"] = "3";

        var loaded = Load("""{ "backtest": { "capital": 1, "feeBps": 1, "slippageBps": 1, "seed": 1 } }""", "production", [("backtest.seed", "4", "--seed")]);

        loaded.Settings.Backtest.ShouldBe(new BacktestSettings { Capital = 1, FeeBps = 2, SlippageBps = 3, Seed = 4 });
        Origin(loaded, "backtest.capital").ShouldBe("config/settings.json");
        Origin(loaded, "backtest.feeBps").ShouldBe("config/settings.Production.json");
        Origin(loaded, "backtest.slippageBps").ShouldBe("environment MTS__Backtest__SlippageBps");
        Origin(loaded, "backtest.seed").ShouldBe("--seed");
        Origin(loaded, "backtest.interval").ShouldBe("default");
    }

    [Fact]
    public void The_variable_chooses_the_environment_and_the_option_goes_before_it()
    {
        variables["MTS_ENVIRONMENT"] = "Staging";

        Load("{}").Environment.ShouldBe("Staging");
        Load("{}", "Production").Environment.ShouldBe("Production");
    }

    [Fact]
    public void Everything_wrong_is_told_at_once_with_place_value_and_range()
    {
        variables["MTS__Http__Retries"] = "eleven";
        variables["MTS__Nonsense__Key"] = "1";

        var problems = Should.Throw<SettingsException>(() => Load(
            """{ "backtest": { "fee": 1, "capital": -5, "interval": "1x" }, "logging": { "format": "xml", "levels": { "Mts": "Loud" } }, "storage": 3 }""", "Moon")).Problems;

        problems.ShouldBe(
            [
                "--env: 'Moon' is unknown; allowed are Development, Staging, Production.",
                "environment MTS__Nonsense__Key: Nonsense is unknown; allowed are storage, cache, sources, http, risk, backtest, signals, alerts, notifications, spreads, logging, realtime, run, schedule.",
                "config/settings.json: storage: '3' is a single value; a section with kind, dataDir, csvBackup belongs here.",
                "environment MTS__Http__Retries: http.retries: 'eleven' cannot be read; allowed is 0 to 10.",
                "config/settings.json: backtest.fee is unknown (did you mean seed?); allowed are capital, feeBps, slippageBps, interval, seed.",
                "config/settings.json: backtest.capital: '-5' is not allowed; allowed is 1 to 1000000000000.",
                "config/settings.json: backtest.interval: '1x' cannot be read; allowed are 1s 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w.",
                "config/settings.json: logging.format: 'xml' is not allowed; allowed are text, json.",
                "config/settings.json: logging.levels.Mts: 'Loud' cannot be read; allowed are Trace, Debug, Information, Warning, Error, Critical, None.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void A_file_that_is_not_json_is_named()
    {
        Should.Throw<SettingsException>(() => Load("{ \"backtest\": ")).Message.ShouldContain("settings.json: not valid JSON");
    }

    [Fact]
    public void A_name_that_stands_twice_is_refused()
    {
        Should.Throw<SettingsException>(() => Load("""{ "backtest": { "seed": 1, "seed": 2 } }""")).Message.ShouldContain("settings.json: not valid JSON");
    }

    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("1500ms", 1_500)]
    [InlineData("2m", 120_000)]
    [InlineData("0.5h", 1_800_000)]
    [InlineData("00:00:30", 30_000)]
    public void A_span_is_written_in_words_or_with_colons(string text, double milliseconds)
    {
        variables["MTS__Http__TotalTimeout"] = text;

        Load("{}").Settings.Http.TotalTimeout.TotalMilliseconds.ShouldBe(milliseconds);
    }

    [Fact]
    public void A_bare_number_is_no_span()
    {
        Should.Throw<SettingsException>(() => Load("""{ "http": { "totalTimeout": 30 } }""")).Message.ShouldContain("http.totalTimeout: '30' cannot be read");
    }

    [Fact]
    public void Lists_and_levels_come_from_variables_too()
    {
        variables["MTS__Sources__Order"] = "bybit, binance";
        variables["MTS__Logging__Levels__Mts.Adapters"] = "debug";

        var settings = Load("{}").Settings;

        settings.Sources.Order.ShouldBe(["bybit", "binance"]);
        settings.Logging.Levels["Mts.Adapters"].ShouldBe(LogLevel.Debug);
    }

    [Fact]
    public void What_is_written_below_a_single_value_is_not_passed_over()
    {
        variables["MTS__Alerts__Channels__0"] = "telegram";
        Should.Throw<SettingsException>(() => Load("""{ "alerts": { "channels": [] } }""")).Message
            .ShouldContain("environment MTS__Alerts__Channels__0: alerts.channels.0 is unknown, because alerts.channels is one value");
    }

    private LoadedSettings Load(string settings, string? environment = null, IReadOnlyList<(string, string, string)>? commandLine = null)
    {
        run.Write("config/settings.json", settings);
        return SettingsLoader.Load(Path.Combine(run.Folder, "config"), environment, variables, commandLine ?? []);
    }

    private static string Origin(LoadedSettings loaded, string path) => loaded.Bound.Single(b => b.Path == path).Origin;

    // Only what differs from a default is judged when settings are read.
    private static IEnumerable<string> Breaches(string path, object record) => record.GetType().GetProperties().Where(p => p.CanWrite).SelectMany(p => p.GetValue(record) switch
    {
        { } section when section.GetType().GetProperties().Any(inner => inner.CanWrite) && section.GetType().Namespace!.StartsWith("Mts", StringComparison.Ordinal) => Breaches($"{path}.{p.Name}", section),
        var value => p.GetCustomAttributes<ValidationAttribute>(inherit: true).Where(rule => !rule.IsValid(value)).Select(_ => $"{path}.{p.Name}: {value}"),
    });
}
