using Mts.Core.Indicators.Statistics;

namespace Mts.Engine.Optimization.Methods;

/// <summary>How dense trials lie along one parameter: a mixture of normal distributions about them, cut off at the ends, and of an even one.</summary>
/// <remarks>Bergstra et al. 2011, section 4.2: the width of each is the greater of the distances to its neighbours, within reason.</remarks>
internal sealed class ParzenDensity
{
    private readonly double[] centres;
    private readonly double[] widths;
    private readonly double[] masses;
    private readonly int steps;

    /// <param name="trials">Steps of the trials.</param>
    /// <param name="steps">How many there are.</param>
    public ParzenDensity(int[] trials, int steps)
    {
        this.steps = steps;
        centres = [.. trials.Order().Select(t => (double)t)];
        (widths, masses) = (new double[centres.Length], new double[centres.Length]);
        var narrowest = Math.Max(0.5, steps / Math.Min(100.0, 1 + centres.Length));
        for (var i = 0; i < centres.Length; i++)
        {
            var below = centres[i] - (i == 0 ? -0.5 : centres[i - 1]);
            var above = (i == centres.Length - 1 ? steps - 0.5 : centres[i + 1]) - centres[i];
            widths[i] = Math.Clamp(Math.Max(below, above), Math.Min(narrowest, steps), steps);
            masses[i] = Below(i, steps - 0.5) - Below(i, -0.5);
        }
    }

    /// <summary>Not normalised over the steps; above 0 everywhere.</summary>
    public double At(int step)
    {
        var density = 1.0 / steps;
        for (var i = 0; i < centres.Length; i++)
        {
            var z = (step - centres[i]) / widths[i];
            density += Math.Exp(-z * z / 2) / (widths[i] * Math.Sqrt(2 * Math.PI) * masses[i]);
        }

        return density / (centres.Length + 1);
    }

    public int Draw(Random random)
    {
        var component = random.Next(centres.Length + 1);
        if (component == centres.Length) return random.Next(steps);
        // The inverse of the cut-off distribution: one number drawn, one step found.
        var (low, high) = (Below(component, -0.5), Below(component, steps - 0.5));
        var share = Math.Clamp(low + (random.NextDouble() * (high - low)), 1e-12, 1 - 1e-12);
        return Math.Clamp((int)Math.Round(centres[component] + (widths[component] * NormalQuantile.Of(share))), 0, steps - 1);
    }

    private double Below(int component, double at) => NormalDistribution.Cumulative((at - centres[component]) / widths[component]);
}
