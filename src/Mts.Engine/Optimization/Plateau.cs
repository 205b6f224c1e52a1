using Mts.Core.Market;

namespace Mts.Engine.Optimization;

/// <summary>The objective around the best: on a plateau its neighbours are nearly as good, on a needle they are not, and a needle seldom stays where it was.</summary>
public sealed record Plateau
{
    /// <summary>How many steps to each side.</summary>
    public const int Reach = 2;

    /// <summary>Each parameter alone, the others at their best.</summary>
    public required IReadOnlyList<PlateauAxis> Axes { get; init; }

    /// <summary>Where exactly two parameters vary: the first by the second, both around the best.</summary>
    public required PlateauTable? Table { get; init; }

    /// <summary>Neighbours with a defined objective.</summary>
    public required int Neighbours { get; init; }

    /// <summary>Objective of the neighbour in the middle; null without neighbours.</summary>
    public required double? Median { get; init; }

    /// <summary>Of the worst neighbour.</summary>
    public required double? Worst { get; init; }

    /// <summary>The middle one as a share of the best; null where the best is not above 0.</summary>
    public required double? MedianShare { get; init; }

    /// <summary>The worst one as a share of the best.</summary>
    public required double? WorstShare { get; init; }
}

/// <param name="Name">The parameter.</param>
/// <param name="Points">From two steps below the best to two above it, as far as there are values.</param>
public sealed record PlateauAxis(string Name, IReadOnlyList<PlateauPoint> Points);

/// <param name="Offset">Steps from the best; 0 is the best itself.</param>
/// <param name="Value">Of the parameter.</param>
/// <param name="Objective">Null where it is undefined, or the strategy refuses the combination.</param>
public sealed record PlateauPoint(int Offset, string Value, double? Objective);

/// <param name="RowName">The parameter of the rows.</param>
/// <param name="Rows">Its values.</param>
/// <param name="ColumnName">The parameter of the columns.</param>
/// <param name="Columns">Its values.</param>
/// <param name="Objectives">By row, then by column; null where undefined or refused.</param>
public sealed record PlateauTable(string RowName, IReadOnlyList<string> Rows, string ColumnName, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double?>> Objectives);
