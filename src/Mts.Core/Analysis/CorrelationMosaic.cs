namespace Mts.Core.Analysis;

/// <summary>All pairs of a set of markets in one picture.</summary>
/// <param name="Window">The window that the picture is of, in returns.</param>
/// <param name="Names">Rows and columns of the matrix, in the order given.</param>
/// <param name="Pairs">Macro pairs included; the matrix and the figures are of the markets alone.</param>
public sealed record CorrelationMosaic(int Window, IReadOnlyList<string> Names, IReadOnlyList<MarketPair> Pairs)
{
    private readonly IReadOnlyList<double> values =
        [.. Pairs.Where(p => !p.IsMacro).Select(p => p.Windows.FirstOrDefault(w => w.Window == Window)?.R).OfType<double>()];

    /// <summary>Mean correlation of the pairs of markets; null without one.</summary>
    public double? Average => values.Count == 0 ? null : values.Average();

    /// <summary>Share of pairs with |r| from 0.7.</summary>
    public double? StrongShare => Share(r => Math.Abs(r) >= 0.7);

    /// <summary>Share of pairs with |r| below 0.3.</summary>
    public double? WeakShare => Share(r => Math.Abs(r) < 0.3);

    /// <summary>Share of pairs with r below zero.</summary>
    public double? NegativeShare => Share(r => r < 0);

    /// <summary><c>diversified</c>: mean below 0.3 and under a fifth of the pairs strong; <c>trending</c>: mean above 0.6 or over two fifths strong; <c>volatile</c>: over three tenths negative; else <c>mixed</c>. Null without pairs.</summary>
    public string? Regime => (Average, StrongShare, NegativeShare) switch
    {
        (null, _, _) => null,
        ( < 0.3, < 0.2, _) => "diversified",
        ( > 0.6, _, _) or (_, > 0.4, _) => "trending",
        (_, _, > 0.3) => "volatile",
        _ => "mixed",
    };

    /// <summary>The correlation of two of the <see cref="Names"/>; 1 with itself, null where it is not known.</summary>
    public double? R(string left, string right)
    {
        if (left == right) return 1;
        var pair = Pairs.FirstOrDefault(p => (p.Left == left && p.Right == right) || (p.Left == right && p.Right == left));
        return pair?.Windows.FirstOrDefault(w => w.Window == Window)?.R;
    }

    private double? Share(Func<double, bool> counts) => values.Count == 0 ? null : (double)values.Count(counts) / values.Count;
}
