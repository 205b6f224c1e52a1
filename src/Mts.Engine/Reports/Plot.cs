using System.Text;
using Mts.Core.Market;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>One SVG drawing: grid, curves, bars and points, thinned to what a screen can show.</summary>
internal sealed class Plot
{
    private const int Columns = 900;
    private readonly StringBuilder svg = new(16_384);
    private readonly PlotFrame frame;

    /// <param name="frame">Where values lie.</param>
    /// <param name="title">What it shows, for those who do not see it.</param>
    /// <param name="chart">The name by which the page's script draws it anew; null for a drawing that stays.</param>
    public Plot(PlotFrame frame, string title, string? chart = null)
    {
        this.frame = frame;
        var live = chart is null ? "" : $" data-chart=\"{chart}\"{(frame.IsLog ? " data-log=\"1\"" : "")}";
        svg.Append($"<svg viewBox=\"0 0 {frame.Width} {frame.Height + PlotFrame.Foot}\" role=\"img\" aria-label=\"{HtmlText.Escape(title)}\"{live}>");
    }

    public Plot Levels(IEnumerable<double> levels, Func<double, string> label)
    {
        foreach (var level in levels)
        {
            var y = HtmlText.Plain(frame.Y(level));
            svg.Append($"<line class=\"grid\" x1=\"{PlotFrame.Left}\" x2=\"{frame.Width}\" y1=\"{y}\" y2=\"{y}\"/>");
            Text(PlotFrame.Left - 8, frame.Y(level) + 4, "end", label(level));
        }

        return this;
    }

    public Plot Dates()
    {
        var (start, end) = (new Timestamp((long)frame.From), new Timestamp((long)frame.Until));
        var free = (double)PlotFrame.Left;
        foreach (var (time, text) in Ticks.Dates(start, end))
        {
            var (x, half) = (frame.X(time.Micros), 5 + (3.5 * text.Length));
            if (x - half < free || x + half > frame.Width) continue;
            Text(x, frame.Height + 20, "middle", text);
            free = x + half;
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
        var y = HtmlText.Plain(frame.Y(level));
        svg.Append($"<path class=\"{kind}\" d=\"{Path(points)}L{X(points[^1])},{y}L{X(points[0])},{y}Z\"/>");
        return this;
    }

    /// <summary>Everything between two curves of the same times.</summary>
    public Plot Band(IReadOnlyList<EquityPoint> low, IReadOnlyList<EquityPoint> high, string kind)
    {
        svg.Append($"<path class=\"{kind}\" d=\"");
        for (var i = 0; i < low.Count; i++) svg.Append($"{(i == 0 ? 'M' : 'L')}{X(low[i])},{HtmlText.Plain(frame.Y(low[i].Value))}");
        for (var i = high.Count - 1; i >= 0; i--) svg.Append($"L{X(high[i])},{HtmlText.Plain(frame.Y(high[i].Value))}");
        svg.Append("Z\"/>");
        return this;
    }

    /// <summary>A bar from a level to a value.</summary>
    public Plot Bar(double from, double until, double level, double value, string kind, string title)
    {
        var (left, right) = (frame.X(from), frame.X(until));
        var (top, foot) = (Math.Min(frame.Y(level), frame.Y(value)), Math.Max(frame.Y(level), frame.Y(value)));
        svg.Append($"<rect class=\"{kind}\" x=\"{HtmlText.Plain(left + 1)}\" width=\"{HtmlText.Plain(Math.Max(0.5, right - left - 2))}\" y=\"{HtmlText.Plain(top)}\" height=\"{HtmlText.Plain(Math.Max(0.5, foot - top))}\"><title>{title}</title></rect>");
        return this;
    }

    public Plot Dot(double x, double y, string kind, string title)
    {
        svg.Append($"<circle class=\"{kind}\" cx=\"{HtmlText.Plain(frame.X(x))}\" cy=\"{HtmlText.Plain(frame.Y(y))}\" r=\"3\">{(title.Length == 0 ? "" : $"<title>{title}</title>")}</circle>");
        return this;
    }

    /// <summary>A triangle at a point, upwards for a buy.</summary>
    public Plot Mark(double x, double y, bool isBuy)
    {
        var (left, top) = (frame.X(x), frame.Y(y));
        var (foot, width) = (isBuy ? top + 9 : top - 9, 5);
        svg.Append($"<path class=\"mark {(isBuy ? "buy" : "sell")}\" d=\"M{HtmlText.Plain(left)},{HtmlText.Plain(top)}L{HtmlText.Plain(left - width)},{HtmlText.Plain(foot)}L{HtmlText.Plain(left + width)},{HtmlText.Plain(foot)}Z\"/>");
        return this;
    }

    public Plot Upright(double x, string kind)
    {
        svg.Append($"<line class=\"{kind}\" x1=\"{HtmlText.Plain(frame.X(x))}\" x2=\"{HtmlText.Plain(frame.X(x))}\" y1=\"6\" y2=\"{frame.Height}\"/>");
        return this;
    }

    /// <summary>A word at a value of the lower axis.</summary>
    public Plot Below(double x, string text)
    {
        Text(frame.X(x), frame.Height + 20, "middle", text);
        return this;
    }

    public string End() => svg.Append("</svg>").ToString();

    private void Text(double x, double y, string anchor, string text) =>
        svg.Append($"<text x=\"{HtmlText.Plain(x)}\" y=\"{HtmlText.Plain(y)}\" text-anchor=\"{anchor}\">{text}</text>");

    // Of each column its lowest and highest point are kept, so that no fall disappears.
    private string Path(IReadOnlyList<EquityPoint> points)
    {
        var path = new StringBuilder();
        foreach (var i in Thinning.Of(points, Columns))
            path.Append(path.Length == 0 ? 'M' : 'L').Append(X(points[i])).Append(',').Append(HtmlText.Plain(frame.Y(points[i].Value)));
        return path.ToString();
    }

    private string X(EquityPoint point) => HtmlText.Plain(frame.X(point.Time.Micros));
}
