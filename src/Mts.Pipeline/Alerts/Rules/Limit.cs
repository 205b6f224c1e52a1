namespace Mts.Pipeline.Alerts.Rules;

/// <summary>A limit with a dead zone, so that a value that dances on it does not raise an alert each time.</summary>
/// <param name="Value">Where the condition begins to hold; the value itself is still calm.</param>
/// <param name="IsAbove">Whether it holds above, not below.</param>
/// <param name="Hysteresis">Fraction of the limit by which the value must come back before the alert is cleared.</param>
internal sealed record Limit(double Value, bool IsAbove, double Hysteresis)
{
    private readonly double back = Value + ((IsAbove ? -1 : 1) * Math.Abs(Value) * Hysteresis);

    public string Words => IsAbove ? "above" : "below";

    public string Opposite => IsAbove ? "no longer above" : "no longer below";

    public Stance Judge(double value)
    {
        if (IsAbove ? value > Value : value < Value) return Stance.Holds;
        return (IsAbove ? value <= back : value >= back) ? Stance.Calm : Stance.Between;
    }
}
