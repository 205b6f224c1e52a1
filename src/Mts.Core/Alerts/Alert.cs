using Mts.Core.Market;

namespace Mts.Core.Alerts;

/// <summary>How much an alert matters; critical ones may pass quiet hours.</summary>
public enum AlertSeverity
{
    Info,
    Warning,
    Critical,
}

/// <summary>Whether a condition begins or ends, or something happened once.</summary>
public enum AlertPhase
{
    /// <summary>A condition holds from now on; <see cref="Cleared"/> will end it.</summary>
    Raised,

    /// <summary>The condition that was raised holds no longer.</summary>
    Cleared,

    /// <summary>Something happened once; nothing will end it.</summary>
    Event,
}

/// <summary>A number that belongs to an alert.</summary>
/// <param name="Name">Lower case with underscores and its unit: <c>price</c>, <c>spread_bps</c>.</param>
/// <param name="Value">Finite.</param>
public readonly record struct AlertFigure(string Name, double Value);

/// <summary>What somebody asked to be told, ready to be told.</summary>
public sealed record Alert
{
    /// <summary>Follows from rule, subject, phase and event alone, so that two processes that see the same give it the same; letters, digits and underscores.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's name in the settings.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's kind: <c>price</c>, <c>book</c>.</summary>
    public required string Kind { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required AlertPhase Phase { get; init; }

    /// <summary>What it is about: <c>binance BTC/USDT</c>, <c>cache/redis</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What happened, in words and numbers.</summary>
    public required string Text { get; init; }

    /// <summary>The time of the observation, not of the sending.</summary>
    public required Timestamp Time { get; init; }

    public IReadOnlyList<AlertFigure> Figures { get; init; } = [];
}
