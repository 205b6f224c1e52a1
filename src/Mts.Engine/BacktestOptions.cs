using Mts.Core;
using Mts.Engine.Charges;

namespace Mts.Engine;

/// <summary>How a backtest is run. Everything here is part of the result.</summary>
public sealed record BacktestOptions
{
    /// <summary>Quote units, 1 to 10¹².</summary>
    public decimal Capital { get; init; } = 100_000m;

    /// <summary>Fee on the notional of each side, 0 to 1,000.</summary>
    public decimal FeeBps { get; init; } = 10m;

    /// <summary>Against the trader on each market fill, 0 to 1,000.</summary>
    public decimal SlippageBps { get; init; } = 5m;

    /// <summary>What is counted beyond one fee and one slippage; null for nothing.</summary>
    public CostOptions? Costs { get; init; }

    /// <summary>Quantity step by instrument; null for 10⁻⁸.</summary>
    public IReadOnlyList<decimal>? Lots { get; init; }

    /// <summary>How orders meet prices.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    public bool AllowShort { get; init; }

    /// <summary>Runs over holes and ranges shorter than asked, and says so.</summary>
    public bool AllowGaps { get; init; }

    /// <summary>Bars before the start that strategies see without trading, 0 to 1,000,000.</summary>
    public int WarmUp { get; init; }

    /// <summary>Keeps equity at every bar instead of one point a day.</summary>
    public bool EquityPerBar { get; init; }

    /// <summary>For strategies that draw; the same seed gives the same result.</summary>
    public int Seed { get; init; }

    /// <exception cref="ConfigurationException">Lists every value out of its range.</exception>
    public void Validate()
    {
        var wrong = new List<string>();
        Check("capital", Capital, 1, 1_000_000_000_000m);
        Check("fee-bps", FeeBps, 0, 1_000);
        Check("slippage-bps", SlippageBps, 0, 1_000);
        Check("warm-up", WarmUp, 0, 1_000_000);
        if (Execution.VolumeShare is { } share) Check("volume-share", share, 0.00000001m, 1);
        Check("order-latency in seconds", (decimal)Execution.OrderLatency.TotalSeconds, 0, 86_400);
        Check("feed-latency in seconds", (decimal)Execution.FeedLatency.TotalSeconds, 0, 86_400);
        foreach (var lot in Lots ?? []) Check("lot", lot, 0.00000001m, 1_000_000_000m);
        wrong.AddRange(Costs?.Problems() ?? []);
        if (wrong.Count > 0) throw new ConfigurationException(string.Join("; ", wrong));

        void Check(string name, decimal value, decimal min, decimal max)
        {
            if (value < min || value > max) wrong.Add($"{name} is {value:0.########}; allowed is {min:0.########} to {max:0.########}");
        }
    }
}
