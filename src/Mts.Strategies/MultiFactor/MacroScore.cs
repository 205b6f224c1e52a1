namespace Mts.Strategies.MultiFactor;

/// <summary>What the macro series say of risk: +1 for each that favours it, −1 for each that does not.</summary>
/// <param name="Value">The mean of the readings that are not neutral, −1 to 1; 0 where they are too few.</param>
/// <param name="Words">The readings.</param>
internal readonly record struct MacroScore(double Value, string Words)
{
    /// <param name="vix">Index points; null where it is not known, as all of these.</param>
    /// <param name="dollar">The dollar index.</param>
    /// <param name="dollarMean">The mean of its last observations.</param>
    /// <param name="spread">High yield over Treasuries, percentage points.</param>
    /// <param name="curve">Ten year yield − two year yield, percentage points.</param>
    /// <param name="options">Beta and the fewest readings.</param>
    public static MacroScore Of(double? vix, double? dollar, double? dollarMean, double? spread, double? curve, MultiFactorOptions options)
    {
        ReadOnlySpan<int> readings =
        [
            vix switch { < 16 => 1, > 25 => -1, _ => 0 },
            dollar < dollarMean ? 1 : dollar > dollarMean ? -1 : 0,
            spread switch { < 3 => 1, > 5 => -1, _ => 0 },
            curve switch { > 0.3 => 1, < 0 => -1, _ => 0 },
        ];
        var (voices, sum) = (0, 0);
        foreach (var reading in readings) (voices, sum) = (voices + Math.Abs(reading), sum + reading);
        var words = $"VIX {Sign(readings[0])}, dollar {Sign(readings[1])}, credit {Sign(readings[2])}, curve {Sign(readings[3])}";
        return new MacroScore(voices < options.MinReadings ? 0 : Math.Clamp(options.Beta * sum / voices, -1, 1), words);
    }

    private static string Sign(int reading) => reading switch { > 0 => "+1", < 0 => "−1", _ => "0" };
}
