using System.Text;
using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>One SVG plot over time: grid, dates and curves, thinned to what a screen can show.</summary>
internal sealed class Plot
{
    private const int Width = 1_000;
    private const int Left = 72;
    private const int Columns = 900;
    private readonly StringBuilder svg = new();
    private readonly (Timestamp Start, Timestamp End) span;
    private readonly (double Low, double High) range;
    private readonly bool isLog;
    private readonly int height;

    public Plot((Timestamp Start, Timestamp End) span, (double Low, double High) range, bool isLog, int height, string title)
    {
        (this.span, this.range, this.isLog, this.height) = (span, range, isLog, height);
        svg.Append($"<svg viewBox=\"0 0 {Width} {height + 24}\" role=\"img\" aria-label=\"{HtmlText.Escape(title)}\">");
    }

    public Plot Grid(IEnumerable<double> levels, Func<double, string> label)
    {
        foreach (var level in levels)
        {
            var y = HtmlText.Plain(Y(level));
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{y}\" y2=\"{y}\"/><text x=\"{Left - 8}\" y=\"{y}\" dy=\".35em\" text-anchor=\"end\">{label(level)}</text>");
        }

        foreach (var (time, text) in Ticks.Dates(span.Start, span.End))
        {
            if (X(time) > Width - 20) continue;
            svg.Append($"<text x=\"{HtmlText.Plain(X(time))}\" y=\"{height + 20}\" text-anchor=\"{(X(time) < Left + 20 ? "start" : "middle")}\">{text}</text>");
        }

        return this;
    }

    public Plot Line(IReadOnlyList<EquityPoint> points, string kind)
    {
        if (points.Count > 0) svg.Append($"<path class=\"{kind}\" d=\"{Path(points)}\"/>");
        return this;
    }

    /// <summary>The curve with everything between it and a level filled.</summary>
    public Plot Area(IReadOnlyList<EquityPoint> points, double level, string kind)
    {
        var y = HtmlText.Plain(Y(level));
        svg.Append($"<path class=\"{kind}\" d=\"{Path(points)}L{HtmlText.Plain(X(points[^1].Time))},{y}L{HtmlText.Plain(X(points[0].Time))},{y}Z\"/>");
        return this;
    }

    public string End() => svg.Append("</svg>").ToString();

    // Of each column its lowest and highest point are kept, so that no fall disappears.
    private string Path(IReadOnlyList<EquityPoint> points)
    {
        var path = new StringBuilder();
        var step = Math.Max(1, (points.Count + Columns - 1) / Columns);
        for (var start = 0; start < points.Count; start += step)
        {
            var (low, high, end) = (start, start, Math.Min(start + step, points.Count));
            for (var i = start; i < end; i++)
            {
                if (points[i].Value < points[low].Value) low = i;
                if (points[i].Value > points[high].Value) high = i;
            }

            Add(path, points[Math.Min(low, high)]);
            if (low != high) Add(path, points[Math.Max(low, high)]);
        }

        if (step > 1) Add(path, points[^1]);
        return path.ToString();
    }

    private void Add(StringBuilder path, EquityPoint point) =>
        path.Append(path.Length == 0 ? 'M' : 'L').Append(HtmlText.Plain(X(point.Time))).Append(',').Append(HtmlText.Plain(Y(point.Value)));

    private double X(Timestamp time) =>
        Left + ((Width - Left) * (time.Micros - span.Start.Micros) / (double)Math.Max(1, span.End.Micros - span.Start.Micros));

    private double Y(double value) => 6 + ((height - 12) * (Scale(range.High) - Scale(value)) / (Scale(range.High) - Scale(range.Low)));

    // What a ruined account is worth has no logarithm; it lies on the floor.
    private double Scale(double value) => isLog ? Math.Log(Math.Max(value, range.Low)) : value;
}
