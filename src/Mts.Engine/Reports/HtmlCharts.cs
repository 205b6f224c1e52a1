using System.Globalization;
using System.Text;
using Mts.Core.Performance;

namespace Mts.Engine.Reports;

/// <summary>Curves as SVG, thinned to what a screen can show.</summary>
internal static class HtmlCharts
{
    private const int Width = 960;
    private const int Left = 70;
    private const int Points = 1_200;

    public static string Equity(IReadOnlyList<EquityPoint> own, IReadOnlyList<EquityPoint> held)
    {
        const int Height = 300;
        var values = own.Concat(held).Select(p => Log(p.Value)).ToList();
        var (low, high) = Widen(values.Min(), values.Max());
        var svg = Open(Height);
        for (var i = 0; i <= 4; i++)
        {
            var level = low + ((high - low) * i / 4);
            Level(svg, Y(level, low, high, Height), Math.Exp(level).ToString("#,##0", CultureInfo.InvariantCulture));
        }

        Dates(svg, own, Height);
        if (held.Count > 0) svg.Append($"<path class=\"held\" d=\"{Line(held, own, p => Y(Log(p), low, high, Height))}\"/>");
        return svg.Append($"<path class=\"own\" d=\"{Line(own, own, p => Y(Log(p), low, high, Height))}\"/></svg>\n").ToString();
    }

    public static string Drawdown(IReadOnlyList<EquityPoint> equity)
    {
        const int Height = 150;
        var (peak, falls) = (0.0, new List<EquityPoint>(equity.Count));
        foreach (var point in equity)
        {
            peak = Math.Max(peak, point.Value);
            falls.Add(point with { Value = peak > 0 ? (point.Value / peak) - 1 : 0 });
        }

        var (low, _) = Widen(falls.Min(f => f.Value), 0);
        var svg = Open(Height);
        for (var i = 0; i <= 2; i++) Level(svg, Y(low * i / 2, low, 0, Height), Math.Abs(low * i / 2 * 100).ToString("0", CultureInfo.InvariantCulture) + " %");
        Dates(svg, equity, Height);
        var top = Number(Y(0, low, 0, Height));
        return svg.Append($"<path class=\"under\" d=\"{Line(falls, equity, f => Y(f, low, 0, Height))}L{Width},{top}L{Left},{top}Z\"/></svg>\n").ToString();
    }

    private static StringBuilder Open(int height) => new StringBuilder().Append($"<svg viewBox=\"0 -8 {Width} {height + 28}\" role=\"img\">");

    private static void Level(StringBuilder svg, double y, string label) =>
        svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{Number(y)}\" y2=\"{Number(y)}\"/><text x=\"{Left - 6}\" y=\"{Number(y + 4)}\" text-anchor=\"end\">{label}</text>");

    private static void Dates(StringBuilder svg, IReadOnlyList<EquityPoint> points, int height)
    {
        for (var i = 0; i <= 4; i++)
        {
            var point = points[(points.Count - 1) * i / 4];
            var anchor = i switch { 0 => "start", 4 => "end", _ => "middle" };
            svg.Append($"<text x=\"{Number(X(point, points))}\" y=\"{height + 16}\" text-anchor=\"{anchor}\">{point.Time.Date:yyyy-MM-dd}</text>");
        }
    }

    // Of each stretch its lowest and highest point are kept, so that no fall disappears.
    private static string Line(IReadOnlyList<EquityPoint> points, IReadOnlyList<EquityPoint> scale, Func<double, double> y)
    {
        var step = Math.Max(1, points.Count / (Points / 2));
        var path = new StringBuilder();
        for (var start = 0; start < points.Count; start += step)
        {
            var stretch = Enumerable.Range(start, Math.Min(step, points.Count - start)).Select(i => points[i]).ToList();
            var ends = step == 1 ? stretch : [.. new[] { stretch.MinBy(p => p.Value), stretch.MaxBy(p => p.Value) }.OrderBy(p => p.Time)];
            foreach (var point in ends) path.Append(path.Length == 0 ? 'M' : 'L').Append($"{Number(X(point, scale))},{Number(y(point.Value))}");
        }

        return path.ToString();
    }

    private static double X(EquityPoint point, IReadOnlyList<EquityPoint> scale)
    {
        var span = Math.Max(1, scale[^1].Time.Micros - scale[0].Time.Micros);
        return Left + ((Width - Left) * (double)(point.Time.Micros - scale[0].Time.Micros) / span);
    }

    private static double Y(double value, double low, double high, int height) => 4 + ((height - 8) * (high - value) / (high - low));

    // What a ruined account is worth has no logarithm; it lies on the floor.
    private static double Log(double value) => Math.Log(Math.Max(value, 0.01));

    private static (double Low, double High) Widen(double low, double high) => high - low > 1e-9 ? (low, high) : (low - 0.01, high + 0.01);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
