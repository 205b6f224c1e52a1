using Mts.Core;

namespace Mts.Simulator.Live;

/// <summary>How lively the live markets are, and which of the venues' rules are enforced how strictly.</summary>
public sealed record LiveOptions
{
    /// <summary>Orders (placed, cancelled, taken) per second and instrument, 0.1 to 20,000; each changes one level or a few.</summary>
    public double Rate { get; init; } = 25;

    /// <summary>Levels per side that the model keeps, 50 to 5,000; fewer where the price has not that many steps.</summary>
    public int Levels { get; init; } = 1_200;

    /// <summary>Mean seconds between two liquidations of a perpetual.</summary>
    public double LiquidationEvery { get; init; } = 20;

    /// <summary>Changes per instrument at which the true book can be asked, a power of two from 1,024.</summary>
    public int History { get; init; } = 32_768;

    /// <summary>The symbols that are served live; null for all listings. Others are unknown to the sockets.</summary>
    public IReadOnlyCollection<string>? Symbols { get; init; }

    /// <summary>Longest life of a Binance connection.</summary>
    public TimeSpan ConnectionLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A Bybit connection without <c>op: ping</c> for so long is cut.</summary>
    public TimeSpan BybitIdle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Binance's ping frames: how often, and how long the pong may take; null for those of each market.</summary>
    public (TimeSpan Every, TimeSpan Patience)? Pings { get; init; }

    /// <summary>False lifts the limits on messages, streams, arguments and connection attempts.</summary>
    public bool EnforceLimits { get; init; } = true;

    /// <exception cref="ConfigurationException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        if (Rate is not (>= 0.1 and <= 20_000)) throw new ConfigurationException($"the simulator's rate is {Rate}; give 0.1 to 20000 orders per second and instrument.");
        if (Levels is < 50 or > 5_000) throw new ConfigurationException($"the simulator's levels are {Levels}; give 50 to 5000.");
        if (History < 1_024 || !int.IsPow2(History)) throw new ConfigurationException($"the simulator's history is {History}; give a power of two from 1024.");
        if (LiquidationEvery <= 0) throw new ConfigurationException($"liquidations every {LiquidationEvery} s make no sense; give a positive number of seconds.");
        if (ConnectionLife < TimeSpan.FromSeconds(1)) throw new ConfigurationException($"a connection life of {ConnectionLife} is too short; give at least a second.");
    }
}
