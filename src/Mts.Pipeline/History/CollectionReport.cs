using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Pipeline.History;

/// <summary>What a collection brought for one series.</summary>
public sealed record CollectionReport
{
    /// <summary>The service.</summary>
    public required string Source { get; init; }

    /// <summary>What was collected, for people: <c>binance BTC/USDT 1d</c>, <c>VIXCLS</c>.</summary>
    public required string Series { get; init; }

    /// <summary><c>bars</c>, <c>points</c>, <c>macro</c> or <c>funding</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Rows that the service gave.</summary>
    public int Fetched { get; init; }

    public WriteCounts Written { get; init; }

    /// <summary>Refused rows by the rule they break.</summary>
    public IReadOnlyDictionary<string, int> Rejected { get; init; } = new Dictionary<string, int>();

    /// <summary>Days for which the source says that there is no value; macro only.</summary>
    public int Missing { get; init; }

    /// <summary>What the service does not have inside the range that it covers.</summary>
    public IReadOnlyList<Hole> Holes { get; init; } = [];

    /// <summary>Why the collection broke off; null when it is complete. What had arrived is stored.</summary>
    public string? Failure { get; init; }
}

/// <param name="Series">What is being collected.</param>
/// <param name="Fraction">Share of the asked range that is done, 0 to 1.</param>
/// <param name="Rows">Rows so far.</param>
public readonly record struct CollectionProgress(string Series, double Fraction, long Rows);
