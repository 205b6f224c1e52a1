namespace Mts.Cli.Output;

/// <summary>A table for people: titles, which columns are numbers, rows of finished texts.</summary>
/// <param name="Columns">Titles; one that starts with <c>&gt;</c> is aligned to the right.</param>
internal sealed record Grid(params string[] Columns)
{
    private readonly List<string[]> rows = [];

    public string? Title { get; init; }

    public IReadOnlyList<string[]> Rows => rows;

    public bool IsRight(int column) => Columns[column].StartsWith('>');

    public string Heading(int column) => Columns[column].TrimStart('>');

    public Grid Add(params string[] cells)
    {
        if (cells.Length != Columns.Length) throw new ArgumentException($"{cells.Length} cells for {Columns.Length} columns.", nameof(cells));
        rows.Add(cells);
        return this;
    }
}
