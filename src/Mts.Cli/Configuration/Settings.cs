using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Mts.Adapters.CoinGecko;
using Mts.Adapters.Fred;
using Mts.Adapters.Http;
using Mts.Adapters.Notifications;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Spreads;

namespace Mts.Cli.Configuration;

/// <summary>The settings of a run, all in range.</summary>
internal sealed record Settings
{
    public StorageSettings Storage { get; init; } = new();

    public CacheSettings Cache { get; init; } = new();

    public SourcesSettings Sources { get; init; } = new();

    public HttpOptions Http { get; init; } = new();

    /// <summary>The limits by name, as in <c>config/risk.json</c>, which is the lowest layer of this section.</summary>
    public IReadOnlyDictionary<string, string> Risk { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public BacktestSettings Backtest { get; init; } = new();

    public SignalSettings Signals { get; init; } = new();

    /// <summary>Rules, quiet hours and which channels are on.</summary>
    public AlertOptions Alerts { get; init; } = new();

    /// <summary>How each channel is reached.</summary>
    public NotificationOptions Notifications { get; init; } = new();

    public SpreadOptions Spreads { get; init; } = new();

    public LoggingSettings Logging { get; init; } = new();

    public RealtimeSettings Realtime { get; init; } = new();

    public RunSettings Run { get; init; } = new();

    public ScheduleSettings Schedule { get; init; } = new();
}

internal sealed record StorageSettings
{
    [AllowedValues("sqlite")]
    public string Kind { get; init; } = "sqlite";

    /// <summary>Folder of the store; a relative one lies under the current directory.</summary>
    [MinLength(1, ErrorMessage = "a folder")]
    public string DataDir { get; init; } = "data";

    /// <summary>Whether collection also writes <c>backup/{asset}_{year}.csv</c> and <c>raw/macro/*.csv</c>.</summary>
    public bool CsvBackup { get; init; } = true;
}

/// <summary>Where data comes from; addresses and limits of the venues stand in <c>config/exchanges/{venue}.json</c>.</summary>
internal sealed record SourcesSettings
{
    /// <summary>Whose series a backtest takes when it is not told: the first one that has the range.</summary>
    [MinLength(1, ErrorMessage = "at least one source")]
    public IReadOnlyList<string> Order { get; init; } = ["binance", "bybit", "coingecko"];

    /// <summary>What is collected when no symbols are named.</summary>
    [MinLength(1, ErrorMessage = "at least one asset")]
    public IReadOnlyList<string> Symbols { get; init; } =
        ["bitcoin", "ethereum", "binancecoin", "solana", "ripple", "dogecoin", "cardano", "chainlink", "sui", "uniswap"];

    public BinanceSettings Binance { get; init; } = new();

    public BybitSettings Bybit { get; init; } = new();

    public CoinGeckoOptions CoinGecko { get; init; } = new();

    public FredOptions Fred { get; init; } = new();
}

/// <summary>Other addresses than those of <c>config/exchanges/binance.json</c>.</summary>
internal sealed record BinanceSettings
{
    public Uri? SpotAddress { get; init; }

    public Uri? UsdmAddress { get; init; }

    /// <summary>Of spot's streams.</summary>
    public Uri? StreamAddress { get; init; }

    public Uri? UsdmStreamAddress { get; init; }
}

/// <summary>Another address than that of <c>config/exchanges/bybit.json</c>.</summary>
internal sealed record BybitSettings
{
    public Uri? BaseAddress { get; init; }

    public Uri? StreamAddress { get; init; }
}

internal sealed record BacktestSettings
{
    /// <summary>Quote units.</summary>
    [Range(1.0, 1e12)]
    public double Capital { get; init; } = 100_000;

    /// <summary>Fee in 1/10,000 of the notional, on each side.</summary>
    [Range(0.0, 1_000.0)]
    public double FeeBps { get; init; } = 10;

    /// <summary>How far the price moves against each order, in 1/10,000.</summary>
    [Range(0.0, 1_000.0)]
    public double SlippageBps { get; init; } = 5;

    public Interval Interval { get; init; } = Interval.Day;

    [Range(0, int.MaxValue)]
    public int Seed { get; init; }
}

/// <summary>What <c>mts signals</c> asks when it is not told whom.</summary>
internal sealed record SignalSettings
{
    /// <summary>Strategies by name: those that the first version of the system joined. Their parameters stand in <c>config/strategies</c>.</summary>
    [MinLength(1, ErrorMessage = "at least one strategy")]
    public IReadOnlyList<string> Strategies { get; init; } = ["VixCorrelation", "MeanReversion", "Volatility", "MultiBucket"];
}

internal sealed record LoggingSettings
{
    /// <summary>Folder of the log files; empty for <c>logs</c> beside the data folder.</summary>
    public string Directory { get; init; } = "";

    /// <summary>One line of text, or one JSON object, per event.</summary>
    [AllowedValues("text", "json")]
    public string Format { get; init; } = "text";

    /// <summary>Least level written to the files.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Least level written to standard error; <c>-v</c> lowers it to Information.</summary>
    public LogLevel ConsoleLevel { get; init; } = LogLevel.Warning;

    /// <summary>Levels of single categories and all below them, <c>Mts.Adapters.Http</c>.</summary>
    public IReadOnlyDictionary<string, LogLevel> Levels { get; init; } = new Dictionary<string, LogLevel>(StringComparer.Ordinal);

    /// <summary>A file that is larger is put aside.</summary>
    [Range(1, 1_024)]
    public int MaxFileMegabytes { get; init; } = 16;

    /// <summary>Files kept of each kind, the present one included.</summary>
    [Range(2, 1_000)]
    public int MaxFiles { get; init; } = 8;
}
