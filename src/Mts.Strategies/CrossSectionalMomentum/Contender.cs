using Mts.Core.Indicators;

namespace Mts.Strategies.CrossSectionalMomentum;

/// <summary>One instrument in the ranking.</summary>
internal sealed class Contender(int instrument, int lookback)
{
    private readonly Roc roc = new(lookback);

    /// <summary>Highest return first, those without one last, earlier instruments first where returns are equal.</summary>
    public static Comparison<Contender> ByReturn { get; } = static (a, b) =>
    {
        var order = Nullable.Compare(b.Return, a.Return);
        return order != 0 ? order : a.Index.CompareTo(b.Index);
    };

    public int Index { get; } = instrument;

    public Stance Stance { get; } = new();

    /// <summary>Over the lookback; null where there is no bar at this instant, or too few before it.</summary>
    public double? Return { get; set; }

    public void Add(double close)
    {
        roc.Add(close);
        Return = roc.Value;
    }
}
