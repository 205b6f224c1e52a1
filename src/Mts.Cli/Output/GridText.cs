using System.Text;

namespace Mts.Cli.Output;

/// <summary>A table as aligned plain text, for pipes and files.</summary>
internal static class GridText
{
    public static string Of(Grid grid)
    {
        var widths = Enumerable.Range(0, grid.Columns.Length)
            .Select(c => grid.Rows.Select(r => r[c].Length).Append(grid.Heading(c).Length).Max()).ToArray();
        var text = new StringBuilder();
        if (grid.Title is { } title) text.Append(title).Append('\n');
        var headings = Enumerable.Range(0, grid.Columns.Length).Select(grid.Heading).ToArray();
        if (Array.Exists(headings, h => h.Length > 0)) Line(headings);
        foreach (var row in grid.Rows) Line(row);
        return text.ToString();

        void Line(string[] cells)
        {
            var line = string.Join("  ", cells.Select((cell, c) => grid.IsRight(c) ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c])));
            text.Append(line.TrimEnd()).Append('\n');
        }
    }
}
