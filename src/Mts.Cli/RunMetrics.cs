using System.Globalization;

namespace Mts.Cli;

/// <summary>What a run did, in numbers, for the one line at its end.</summary>
internal sealed class RunMetrics(TimeProvider clock)
{
    private readonly long started = clock.GetTimestamp();
    private readonly Dictionary<string, double> figures = new(StringComparer.Ordinal);

    public void Add(string name, double amount) => figures[name] = figures.GetValueOrDefault(name) + amount;

    public string Line(string verb, int exitCode)
    {
        var all = figures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $" {f.Key}={f.Value.ToString("R", CultureInfo.InvariantCulture)}");
        var seconds = clock.GetElapsedTime(started).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        return $"run verb={verb} exit={exitCode} seconds={seconds}" + string.Concat(all);
    }
}
