namespace Mts.Core.Analysis;

/// <summary>Two markets, or a market and a macro series, over several windows.</summary>
/// <param name="Left">Name, <c>BTC</c>.</param>
/// <param name="Right">Name, <c>ETH</c> or <c>VIXCLS</c>.</param>
/// <param name="IsMacro">Whether the right one is a macro series.</param>
/// <param name="Windows">Shortest first.</param>
/// <param name="Shift">Of the shortest window that allows it against the time before; null where there is none.</param>
public sealed record MarketPair(string Left, string Right, bool IsMacro, IReadOnlyList<WindowCorrelation> Windows, CorrelationShift? Shift)
{
    /// <summary>Most returns that the time before the window is judged by.</summary>
    public const int Baseline = 180;

    /// <summary>Returns that make a shift worth testing: of fewer nearly everything is within chance.</summary>
    public const int LeastShiftWindow = 14;

    public string Name => $"{Left}/{Right}";

    /// <summary>What a trader might make of the longest window: <c>momentum</c> from |r| 0.8, <c>correlation</c> from 0.6, <c>divergence</c> up to 0.1; null otherwise.</summary>
    public string? Opportunity => Windows.Count == 0 || Windows[^1].R is not { } r ? null : Math.Abs(r) switch
    {
        >= 0.8 => "momentum",
        >= 0.6 => "correlation",
        <= 0.1 => "divergence",
        _ => null,
    };

    /// <param name="left">Name.</param>
    /// <param name="right">Name.</param>
    /// <param name="isMacro">Whether the right one is a macro series.</param>
    /// <param name="returns">Of the pair, all there are.</param>
    /// <param name="windows">Rising.</param>
    public static MarketPair Of(string left, string right, bool isMacro, PairedReturns returns, IReadOnlyList<int> windows)
    {
        var shift = windows.Where(w => w >= LeastShiftWindow).Select(w => CorrelationShift.Of(returns, w, Baseline)).FirstOrDefault(s => s is not null);
        return new MarketPair(left, right, isMacro, [.. windows.Select(w => WindowCorrelation.Of(returns, w))], shift);
    }

    /// <summary>Corrects the p-values for all tests of all pairs together; shifts are a family of their own.</summary>
    public static IReadOnlyList<MarketPair> Adjust(IReadOnlyList<MarketPair> pairs)
    {
        var tests = FalseDiscovery.Adjust([.. pairs.SelectMany(p => p.Windows).Select(w => w.Test?.PValue).OfType<double>()]);
        var shifts = FalseDiscovery.Adjust([.. pairs.Select(p => p.Shift?.PValue).OfType<double>()]);
        var (test, shift) = (0, 0);
        return
        [
            .. pairs.Select(p => p with
            {
                Windows = [.. p.Windows.Select(w => w.Test is null ? w : w with { AdjustedPValue = tests[test++] })],
                Shift = p.Shift is null ? null : p.Shift with { AdjustedPValue = shifts[shift++] },
            }),
        ];
    }
}
