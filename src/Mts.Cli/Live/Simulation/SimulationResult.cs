using Mts.Core.Signals;

namespace Mts.Cli.Live.Simulation;

/// <param name="Scenario">What happened.</param>
/// <param name="Digest">SHA-256 over everything that came out.</param>
/// <param name="Violations">What must never happen and did; empty for a pass.</param>
/// <param name="Inputs">Inputs given to the feeds.</param>
/// <param name="Published">Updates of valid books.</param>
/// <param name="Compared">Of these, how many were held against the venue's book at the same update.</param>
/// <param name="Gaps">Gaps seen.</param>
/// <param name="DeadLetters">Frames not understood.</param>
/// <param name="Faults">Faults fired, by kind.</param>
/// <param name="RuleBreaks">How often we broke a rule of a venue.</param>
/// <param name="Repairs">From each gap of a book's numbers to the moment at which the book was valid again.</param>
internal sealed record SimulationResult(
    Scenario Scenario, string Digest, IReadOnlyList<string> Violations, long Inputs, long Published, long Compared, long Gaps, long DeadLetters,
    IReadOnlyDictionary<string, int> Faults, int RuleBreaks, IReadOnlyList<(string Market, TimeSpan Time)> Repairs)
{
    /// <summary>Spreads and opportunities that were held against the venues' books.</summary>
    public long Spreads { get; init; }

    /// <summary>Signals of the moment that were held against them.</summary>
    public long Signals { get; init; }

    /// <summary>From the last trade of each mute trade stream to the moment at which it was known to be mute.</summary>
    public IReadOnlyList<(string Market, TimeSpan Time)> Silences { get; init; } = [];

    /// <summary>The longest that a book was wrong by an error which no sequence shows, and nobody knew; zero where the world contains none.</summary>
    public TimeSpan LongestWrong { get; init; }

    /// <summary>Signals of a strategy on closed bars that were held against its rule.</summary>
    public long StrategySignals { get; init; }

    /// <summary>Kinds of signal of the moment that were met.</summary>
    public IReadOnlyList<RealtimeSignalKind> SignalKinds { get; init; } = [];
}
