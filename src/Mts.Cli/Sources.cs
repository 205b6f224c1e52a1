using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Adapters.CoinGecko;
using Mts.Adapters.Fred;
using Mts.Core.Feeds;

namespace Mts.Cli;

/// <summary>The services outside, made when first asked for; one set per run, because each holds its host's budget.</summary>
internal sealed class Sources : IDisposable
{
    private readonly Lazy<BinanceSource> binance;
    private readonly Lazy<BybitSource> bybit;
    private readonly Lazy<CoinGeckoSource> coinGecko;
    private readonly Lazy<FredSource> fred;

    public Sources(Session session)
    {
        // Retries of several processes should not meet: their jitter differs.
        var jitter = new Random(Environment.ProcessId);
        var (settings, clock) = (session.Settings.Sources, session.Clock);
        var http = session.Settings.Http with { BanFolder = session.Settings.Http.BanFolder ?? session.DataDirectory };
        binance = new(() => new BinanceSource(
            ReadBinance(session), http, clock, jitter, session.Loggers));
        bybit = new(() => new BybitSource(ReadBybit(session), http, clock, jitter, session.Loggers));
        coinGecko = new(() => new CoinGeckoSource(settings.CoinGecko, http, session.Assets, clock, jitter, session.Loggers));
        fred = new(() => new FredSource(settings.Fred, http, clock, jitter, session.Loggers));
    }

    /// <summary>Sources of bars, by name.</summary>
    public static IReadOnlyList<string> BarSources { get; } = ["binance", "bybit", "coingecko"];

    public static IReadOnlyList<string> FundingSources { get; } = ["binance", "bybit"];

    /// <summary>All services, for a look whether they answer.</summary>
    public IEnumerable<IServiceProbe> Probes => [binance.Value.Spot, binance.Value.Usdm, bybit.Value.Market, coinGecko.Value.Client, fred.Value.Client];

    public IMacroHistory Macro => fred.Value.History;

    public IPointHistory Points => coinGecko.Value.History;

    public IBarHistory Bars(string source) => source switch
    {
        "binance" => binance.Value.Bars,
        "bybit" => bybit.Value.Bars,
        "coingecko" => coinGecko.Value.History,
        _ => throw new ConfigurationException($"unknown source '{source}'; allowed are {string.Join(", ", BarSources)}."),
    };

    public IFundingHistory Funding(string source) => source switch
    {
        "binance" => binance.Value.Funding,
        "bybit" => bybit.Value.Funding,
        _ => throw new ConfigurationException($"{source} has no funding; allowed are {string.Join(", ", FundingSources)}."),
    };

    public IInstrumentDirectory Instruments(string venue) => venue switch
    {
        "binance" => binance.Value.Instruments,
        "bybit" => bybit.Value.Instruments,
        _ => throw new ConfigurationException($"{venue} states no lots; allowed are binance, bybit."),
    };

    /// <summary>The best levels of a market's book as the venue has them now.</summary>
    public Task<DepthSnapshot> DepthAsync(string venue, Symbol symbol, int levels, CancellationToken cancellationToken) => venue switch
    {
        "binance" => (symbol.IsPerpetual ? binance.Value.Usdm : binance.Value.Spot).GetDepthAsync(symbol, levels, cancellationToken),
        "bybit" => bybit.Value.Market.GetDepthAsync(symbol, levels, cancellationToken),
        _ => throw new ConfigurationException($"{venue} has no order book; allowed are binance, bybit."),
    };

    /// <summary>What is asked for beside a venue's streams.</summary>
    public IVenueFetch Fetch(string venue) => venue switch
    {
        "binance" => binance.Value.Fetch,
        "bybit" => bybit.Value.Fetch,
        _ => throw new ConfigurationException($"{venue} has no streams; allowed are binance, bybit."),
    };

    /// <summary>The setting that says where a venue's streams are.</summary>
    public static string StreamAddressSetting(string venue, MarketKind market) =>
        $"sources.{venue}.{(venue == "binance" && market == MarketKind.Perpetual ? "usdmStreamAddress" : "streamAddress")}";

    /// <summary>Where a venue's streams are.</summary>
    public static Uri StreamAddress(Session session, string venue, MarketKind market) => (venue, market) switch
    {
        ("binance", MarketKind.Spot) => ReadBinance(session).Spot.StreamAddress,
        ("binance", _) => ReadBinance(session).Usdm.StreamAddress,
        _ => ReadBybit(session).StreamAddress,
    };

    public static BinanceOptions ReadBinance(Session session)
    {
        var options = BinanceOptions.Read(Path.Combine(session.ConfigDirectory, "exchanges", "binance.json"));
        var addresses = session.Settings.Sources.Binance;
        return options with
        {
            Spot = options.Spot with
            {
                BaseAddress = addresses.SpotAddress ?? options.Spot.BaseAddress,
                StreamAddress = addresses.StreamAddress ?? options.Spot.StreamAddress,
            },
            Usdm = options.Usdm with
            {
                BaseAddress = addresses.UsdmAddress ?? options.Usdm.BaseAddress,
                StreamAddress = addresses.UsdmStreamAddress ?? options.Usdm.StreamAddress,
            },
        };
    }

    public static BybitOptions ReadBybit(Session session)
    {
        var options = BybitOptions.Read(Path.Combine(session.ConfigDirectory, "exchanges", "bybit.json"));
        var addresses = session.Settings.Sources.Bybit;
        return options with { BaseAddress = addresses.BaseAddress ?? options.BaseAddress, StreamAddress = addresses.StreamAddress ?? options.StreamAddress };
    }

    public void Dispose()
    {
        if (binance.IsValueCreated) binance.Value.Dispose();
        if (bybit.IsValueCreated) bybit.Value.Dispose();
        if (coinGecko.IsValueCreated) coinGecko.Value.Dispose();
        if (fred.IsValueCreated) fred.Value.Dispose();
    }
}
