using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>What stands for an asset or a day where only one thing can: in the brief's tables and in the CSV files that mirror them.</summary>
public interface IMirrorSource
{
    IReadOnlyList<PrimarySeries> ListPrimary();

    /// <summary>One row per day, oldest first: the newest observed value, else a filled one, else a missing one.</summary>
    IReadOnlyList<MacroRow> ReadNewestMacro(string seriesId);
}

/// <param name="AssetId"><c>bitcoin</c>.</param>
/// <param name="Key">Its daily spot series.</param>
public sealed record PrimarySeries(string AssetId, SeriesKey Key);

/// <param name="Observation">The value of the day.</param>
/// <param name="Source">Where it came from.</param>
public readonly record struct MacroRow(MacroObservation Observation, string Source);
