using System.Globalization;
using Mts.Simulator.Faults;

namespace Mts.Cli.Live.Simulation;

/// <summary>What happens in one simulated world: all of it follows from the seed.</summary>
internal sealed record Scenario
{
    private const int FaultsAtOnce = 7;
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Ban = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(45);

    // Name, the most a message of its kind is hit by it in a bad world.
    private static readonly (string Name, double Share)[] faults =
    [
        ("ws-drop", 0.004), ("ws-duplicate", 0.02), ("ws-reorder", 0.004), ("ws-delay", 0.003), ("ws-mute", 0.0006), ("ws-half-open", 0.0003), ("ws-cut", 0.0006),
        ("ws-drip", 0.002), ("ws-late", 0.0004), ("ws-shutdown", 0.0005), ("ws-end", 0.0005), ("ws-garbage-json", 0.004), ("ws-garbage-types", 0.004),
        ("ws-garbage-numbers", 0.004), ("ws-garbage-event", 0.004), ("ws-garbage-binary", 0.0008), ("ws-trade-duplicate", 0.05), ("ws-trade-gap", 0.02), ("ws-gap", 0.003),
        ("ws-crossed", 0.003), ("ws-wrong-level", 0.001), ("ws-empty-side", 0.001), ("ws-burst", 0.0005), ("ws-snapshot", 0.005), ("ws-restart", 0.002),
        ("ws-kline-open", 0.05), ("clock-offset", 0.001), ("ws-refuse", 0.5), ("ws-429", 0.4), ("ws-503", 0.5), ("ws-html", 0.5), ("ws-accept-close", 0.5),
        ("ws-ack-missing", 0.2), ("ws-ack-error", 0.2), ("snapshot-stale", 0.5), ("snapshot-429", 0.5), ("snapshot-418", 0.2), ("snapshot-5xx", 0.5), ("snapshot-html", 0.5),
    ];

    /// <summary>Names of the faults that a world draws from, in the simulator's spelling; three more are the disk's, the machine's and the clock's.</summary>
    public static IReadOnlyList<string> FaultNames => [.. faults.Select(f => f.Name)];

    public required ulong Seed { get; init; }

    /// <summary>Virtual time that passes.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>In the simulator's spelling.</summary>
    public required string Faults { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Orders per second and market.</summary>
    public required double Rate { get; init; }

    /// <summary>Least time that anything takes on the network.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>What it may take more.</summary>
    public required TimeSpan Wander { get; init; }

    /// <summary>How far our clock is from the venues'.</summary>
    public required TimeSpan Skew { get; init; }

    /// <summary>When somebody sets our clock, and how far forward or (negative) back; null for never.</summary>
    public (TimeSpan After, TimeSpan By)? ClockStep { get; init; }

    /// <summary>How long a Binance connection lives at the longest.</summary>
    public required TimeSpan ConnectionLife { get; init; }

    /// <summary>When our process dies and starts again; null for never.</summary>
    public required TimeSpan? Crash { get; init; }

    /// <summary>After <see cref="Length"/> no fault fires for so long, and at its end everything must be good again; zero for no such time.</summary>
    public required TimeSpan Calm { get; init; }

    public FaultPlan Plan => FaultPlan.Parse(Faults);

    public static Scenario Of(ulong seed)
    {
        var random = new Random(unchecked((int)(seed * 2_654_435_761)));
        var chosen = random.GetItems(faults, 1 + random.Next(FaultsAtOnce)).DistinctBy(f => f.Name).ToList();
        var symbols = new[] { "BTC/USDT", "ETH/USDT", "DOGE/USDT" };
        var scenario = new Scenario
        {
            Seed = seed,
            Length = TimeSpan.FromSeconds(20 + random.Next(50)),
            Faults = string.Join(',', chosen.Select(f => $"{f.Name}:{(f.Share * (0.3 + (0.7 * random.NextDouble()))).ToString("0.######", CultureInfo.InvariantCulture)}")),
            Symbols = symbols[..(1 + random.Next(symbols.Length))],
            Rate = 5 + (random.NextDouble() * 30),
            Latency = TimeSpan.FromMilliseconds(random.Next(1, 80)),
            Wander = TimeSpan.FromMilliseconds(random.Next(1, 200)),
            Skew = TimeSpan.FromMilliseconds(random.Next(-2_000, 2_000)),
            ConnectionLife = random.Next(3) == 0 ? TimeSpan.FromSeconds(15 + random.Next(20)) : TimeSpan.FromHours(24),
            Crash = random.Next(4) == 0 ? TimeSpan.FromSeconds(5 + random.Next(20)) : null,
            Calm = random.Next(3) > 0 ? TimeSpan.Zero : chosen.Any(f => f.Name == "snapshot-418") ? Recovery + Ban : Recovery,
        };
        if (random.Next(30) == 0) scenario = scenario.Lasting();
        return random.Next(4) > 0 ? scenario : scenario with { ClockStep = (scenario.Length * (0.2 + (0.7 * random.NextDouble())), (random.Next(2) == 0 ? 1 : -1) * LongestStep * (0.02 + (0.98 * random.NextDouble()))) };
    }

    /// <summary>The same, but slowly and for as long as the volatility of a quarter of an hour needs.</summary>
    public Scenario Lasting() => this with { Length = TimeSpan.FromMinutes(18), Symbols = [Symbols[0]], Rate = 2 };

    /// <summary>A small world with one kind of fault, often enough to be met there.</summary>
    /// <param name="fault">One of <see cref="FaultNames"/>.</param>
    /// <param name="seed">The rest follows from it.</param>
    public static Scenario OfFault(string fault, ulong seed) => Of(seed) with
    {
        // A wrong level among the best soon leaves them with the market, so that many are needed where the book is to be wrong for long.
        Faults = $"{fault}:{Math.Min(0.6, (fault == "ws-wrong-level" ? 60 : 5) * faults.Single(f => f.Name == fault).Share).ToString(CultureInfo.InvariantCulture)}",
        Symbols = ["BTC/USDT"], Rate = 12, Length = TimeSpan.FromSeconds(fault == "ws-wrong-level" ? 60 : 35), ConnectionLife = TimeSpan.FromHours(24), Crash = null, ClockStep = null, Calm = TimeSpan.Zero,
    };
}
