using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Mts.Pipeline.Realtime.Signals;

namespace Mts.Pipeline.Spreads;

/// <summary>Which spreads are looked at, what they cost, and when they count.</summary>
public sealed record SpreadOptions
{
    private static readonly string[] AllPairs = ["spot", "perp", "basis"];

    /// <summary>What is held against what: <c>spot</c> and <c>perp</c> of two venues, <c>basis</c> a spot market against a perpetual of the same or another venue.</summary>
    public IReadOnlyList<string> Pairs { get; init; } = AllPairs;

    /// <summary>Taker fee by venue and market in 1/10,000 of what is traded: <c>binance_spot</c>, <c>bybit_perp</c>.</summary>
    public IReadOnlyDictionary<string, double> FeesBps { get; init; } =
        new Dictionary<string, double>(StringComparer.Ordinal) { ["binance_spot"] = 10, ["binance_perp"] = 5, ["bybit_spot"] = 10, ["bybit_perp"] = 5.5 };

    /// <summary>Whether what a pair with a perpetual costs to close, the same taker fees once more, is counted.</summary>
    public bool ClosingFees { get; init; } = true;

    /// <summary>Cost of bringing two venues back into balance, once per opportunity, quote units.</summary>
    [Range(0.0, 1e6)]
    public double TransferCost { get; init; } = 2;

    /// <summary>The same as a part of what is bought, in 1/10,000.</summary>
    [Range(0.0, 10_000.0)]
    public double TransferBps { get; init; }

    /// <summary>How long a pair with a perpetual is expected to be held; the funding settled within it counts.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan Holding { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Least net profit, percent of what is bought.</summary>
    [Range(0.0, 100.0)]
    public double MinPercent { get; init; } = 0.1;

    /// <summary>A greater difference of the best prices, in percent, is no opportunity but two different things of one name.</summary>
    [Range(0.1, 1_000.0)]
    public double MaxPercent { get; init; } = 10;

    /// <summary>Least value of what is bought, quote units.</summary>
    [Range(0.0, 1e9)]
    public double MinNotional { get; init; } = 100;

    /// <summary>Greatest value of what is bought, quote units.</summary>
    [Range(1.0, 1e9)]
    public double MaxNotional { get; init; } = 50_000;

    /// <summary>Values of what is bought that each sample is told for, quote units.</summary>
    public IReadOnlyList<string> Notionals { get; init; } = ["1000", "10000", "50000"];

    /// <summary>The part of each level's size that is counted on.</summary>
    [Range(0.01, 1.0)]
    public double DepthShare { get; init; } = 0.8;

    /// <summary>Most levels a side that are looked at.</summary>
    [Range(1, 1_000)]
    public int Levels { get; init; } = 50;

    /// <summary>A book that may be older is not used.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Each market and each pair gives a sample at most so often.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan SampleEvery { get; init; } = TimeSpan.FromSeconds(1);

    public ClockOptions Clock { get; init; } = new();

    public FundingOptions Funding { get; init; } = new();

    public RealtimeSignalOptions Signals { get; init; } = new();

    /// <summary>The notionals as numbers.</summary>
    public IReadOnlyList<double> NotionalValues => [.. Notionals.Select(n => double.Parse(n, CultureInfo.InvariantCulture))];

    /// <summary>Taker fee as a fraction; null where none is given.</summary>
    public double? FeeOf(string venue, bool isPerpetual) => FeesBps.TryGetValue($"{venue}_{(isPerpetual ? "perp" : "spot")}", out var bps) ? bps / 10_000 : null;

    /// <summary>What is wrong with them, each with the setting's name.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var pair in Pairs.Where(p => !AllPairs.Contains(p, StringComparer.Ordinal)))
            yield return $"spreads.pairs: '{pair}' is unknown; allowed are {string.Join(", ", AllPairs)}";
        foreach (var (name, bps) in FeesBps)
        {
            if (!IsMarket(name)) yield return $"spreads.feesBps.{name} is no venue and market; write binance_spot or binance_perp";
            if (!(bps is >= -10 and <= 1_000)) yield return $"spreads.feesBps.{name}: '{bps.ToString(CultureInfo.InvariantCulture)}' is not allowed; allowed is -10 to 1000";
        }

        foreach (var text in Notionals.Where(n => !(double.TryParse(n, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1e9)))
            yield return $"spreads.notionals: '{text}' is not allowed; allowed are numbers above 0 to 1000000000";
        if (MaxNotional < MinNotional) yield return "spreads.maxNotional is below spreads.minNotional; no size could ever do";
    }

    private static bool IsMarket(string name) =>
        name.Split('_') is [{ Length: > 0 } venue, "spot" or "perp"] && venue.All(char.IsAsciiLetterOrDigit);
}
