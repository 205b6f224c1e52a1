using Mts.Core.Performance;

namespace Mts.Engine.Optimization;

/// <summary>The figures of one trial, worked out when they are asked for.</summary>
internal interface ITrialFigures
{
    /// <returns>Null where the figure is undefined.</returns>
    double? Of(Metric metric);
}

/// <summary>Those of a whole report.</summary>
internal sealed class ReportFigures(PerformanceReport report) : ITrialFigures
{
    public double? Of(Metric metric) => metric.Of(report);
}
