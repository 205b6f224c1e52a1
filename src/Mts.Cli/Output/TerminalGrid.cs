using Spectre.Console;

namespace Mts.Cli.Output;

/// <summary>Tables with lines and colours, for a terminal only; kept apart so that nothing else loads Spectre.</summary>
internal static class TerminalGrid
{
    public static void Write(TextWriter to, Grid grid)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(to), Interactive = InteractionSupport.No });
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = new Style(Color.Grey) };
        if (grid.Title is { } title) table.Title = new TableTitle(Markup.Escape(title), new Style(decoration: Decoration.Bold));
        for (var c = 0; c < grid.Columns.Length; c++)
        {
            var column = new TableColumn(new Markup(Markup.Escape(grid.Heading(c)), new Style(Color.Grey)));
            table.AddColumn(grid.IsRight(c) ? column.RightAligned() : column);
        }

        if (Enumerable.Range(0, grid.Columns.Length).All(c => grid.Heading(c).Length == 0)) table.HideHeaders();
        foreach (var row in grid.Rows) table.AddRow(row.Select(cell => new Markup(Markup.Escape(cell), StyleOf(cell))));
        console.Write(table);
    }

    // A loss is seen before it is read.
    private static Style StyleOf(string cell) =>
        cell.Length > 1 && cell[0] == '-' && char.IsAsciiDigit(cell[1]) && !cell.Contains(':', StringComparison.Ordinal) ? new Style(Color.Red) : Style.Plain;
}
