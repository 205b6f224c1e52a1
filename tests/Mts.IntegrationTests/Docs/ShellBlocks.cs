namespace Mts.IntegrationTests.Docs;

/// <summary>The commands of a page: every line of its <c>sh</c> blocks.</summary>
internal static class ShellBlocks
{
    /// <summary>Commands that a page shows and a test must not run: they fetch or test the project itself.</summary>
    private static readonly string[] NotHere = ["git ", "cd ", "./test.sh"];

    public static IReadOnlyList<string> Of(string page)
    {
        var commands = new List<string>();
        var inside = false;
        foreach (var line in File.ReadLines(page))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inside = !inside && line == "```sh";
            else if (inside && line.Length > 0 && !NotHere.Any(n => line.StartsWith(n, StringComparison.Ordinal))) commands.Add(line);
        }

        return commands;
    }
}
