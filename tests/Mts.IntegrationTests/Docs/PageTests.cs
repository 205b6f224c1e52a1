using System.Text.RegularExpressions;

namespace Mts.IntegrationTests.Docs;

/// <summary>What the pages and examples show is typed here, line by line, as a reader would.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs"), "*.md").Append(Path.Combine(Checkout.Root, "README.md"))
            .Where(page => ShellBlocks.Of(page).Count > 0).Select(page => Path.GetRelativePath(Checkout.Root, page)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Examples => [.. Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "examples")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_command_of_a_page_works(string page)
    {
        await using var shell = await SimulatedShell.StartAsync(Checkout.Root, TestContext.Current.CancellationToken);
        foreach (var command in ShellBlocks.Of(Path.Combine(Checkout.Root, page)))
        {
            if (command.StartsWith("sqlite3", StringComparison.Ordinal) && !IsInstalled("sqlite3")) continue;
            var (exitCode, output, error) = await shell.RunAsync(command, TestContext.Current.CancellationToken);
            exitCode.ShouldBe(0, $"{command}\n{output}{error}");
            output.ShouldNotBeNullOrWhiteSpace(command);
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_runs_and_prints_what_it_promises(string example)
    {
        var folder = Path.Combine(Checkout.Root, "examples", example);
        await using var shell = await SimulatedShell.StartAsync(Checkout.Root, TestContext.Current.CancellationToken);
        var (exitCode, output, error) = await shell.RunAsync($"bash '{Path.Combine(folder, "run.sh")}'", TestContext.Current.CancellationToken);
        exitCode.ShouldBe(0, output + error);
        foreach (var promise in File.ReadLines(Path.Combine(folder, "expected.txt"))) output.ShouldContain(promise);
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        var broken =
            from page in Directory.EnumerateFiles(Checkout.Root, "*.md").Concat(
                new[] { "docs", "examples", "bench" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Checkout.Root, f), "*.md", SearchOption.AllDirectories)))
            from Match link in Links().Matches(File.ReadAllText(page))
            let target = link.Groups["file"].Value is { Length: > 0 } file ? Path.Combine(Path.GetDirectoryName(page)!, file) : page
            where !(link.Groups["heading"].Success ? File.Exists(target) && Headings(target).Contains(link.Groups["heading"].Value) : File.Exists(target) || Directory.Exists(target))
            select $"{Path.GetRelativePath(Checkout.Root, page)} → {link.Value}";
        broken.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\]\((?<file>[^)#:]*)(?:#(?<heading>[^)]+))?\)", RegexOptions.None, 1_000)]
    private static partial Regex Links();

    /// <summary>The headings of a page, as links spell them: lower case, without punctuation, a hyphen for each space.</summary>
    private static IEnumerable<string> Headings(string page) =>
        File.ReadLines(page).Where(l => l.StartsWith('#')).Select(l => string.Concat(
            l.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c)));

    private static bool IsInstalled(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
