using Mts.Simulator.Faults;
using Mts.Simulator.Live;

namespace Mts.Simulator;

/// <summary>What to simulate.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The key that the simulated FRED knows by default: 32 lower-case characters, as the service asks.</summary>
    public const string DefaultFredKey = "simulatorsimulatorsimulator00000";

    /// <summary>The demo key that the simulated CoinGecko knows by default.</summary>
    public const string DefaultCoinGeckoDemoKey = "CG-simulator-demo";

    /// <summary>The pro key that the simulated CoinGecko knows by default.</summary>
    public const string DefaultCoinGeckoProKey = "CG-simulator-pro";

    /// <summary>Everything the services say follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>First of six consecutive ports on loopback, in the order of the addresses of <see cref="SimulatorHost"/>; 0 for free ones.</summary>
    public int Port { get; init; }

    /// <summary>The services' clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Faults to fire, none by default.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The markets behind the sockets.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>Recordings to play on the sockets instead of the model; empty for none.</summary>
    public IReadOnlyList<string> Playback { get; init; } = [];

    /// <summary>Recorded time per real time, 0 to a million; 0 for as fast as the readers take it.</summary>
    public double PlaybackSpeed { get; init; } = 1;

    /// <summary>Called with each entry of both ledgers as it is made, a line of JSON without its end, perhaps from several threads; null for none.</summary>
    public Action<string>? LedgerLine { get; init; }

    public RateLimits Limits { get; init; } = RateLimits.Published;

    /// <summary>A folder of SYMBOL-interval.csv files that are served instead of the model for their symbols; null for none.</summary>
    public string? DataFolder { get; init; }

    /// <summary>FRED answers 400 to any other key.</summary>
    public string FredKey { get; init; } = DefaultFredKey;

    public string CoinGeckoDemoKey { get; init; } = DefaultCoinGeckoDemoKey;

    public string CoinGeckoProKey { get; init; } = DefaultCoinGeckoProKey;
}
