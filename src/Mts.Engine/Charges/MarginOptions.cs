using Mts.Core.Trading;

namespace Mts.Engine.Charges;

/// <summary>What stands behind a perpetual position.</summary>
public enum MarginMode
{
    /// <summary>Each position has its own margin, and can lose no more.</summary>
    Isolated,

    /// <summary>All positions of an account stand behind each other.</summary>
    Cross,
}

/// <summary>How perpetuals are held on margin.</summary>
/// <param name="Mode">What stands behind a position.</param>
/// <param name="Leverage">Notional over initial margin, 1 to 200, up to two decimals.</param>
/// <param name="Exposure">A signal's size is multiplied by it; above 0, up to four decimals.</param>
/// <param name="Tables">Maintenance margin by instrument; null for spot.</param>
public sealed record MarginOptions(MarginMode Mode, decimal Leverage, decimal Exposure, IReadOnlyList<MarginTable?> Tables);
