using System.Reflection;
using System.Text.RegularExpressions;

namespace Mts.UnitTests.Architecture;

public sealed partial class RingTests
{
    private static readonly string[] Middle =
        ["Mts.Strategies", "Mts.Engine", "Mts.Pipeline", "Mts.Adapters", "Mts.Storage", "Mts.Simulator"];

    private static readonly string[] CoreFolders =
        ["Market", "Indicators", "Books", "Feeds", "Spreads", "Signals", "Trading", "Risk", "Performance", "Quality", "Analysis", "Allocation", "Alerts", "Ports", "Features"];

    public static TheoryData<string> MiddleProjects => [.. Middle];

    [Fact]
    public void Core_sees_nothing_but_the_runtime() =>
        References("Mts.Core").ShouldAllBe(name => name.StartsWith("System", StringComparison.Ordinal) || name == "netstandard");

    [Theory]
    [MemberData(nameof(MiddleProjects))]
    public void A_project_of_the_middle_ring_sees_core_and_none_of_its_siblings(string project) =>
        References(project).Where(name => name.StartsWith("Mts.", StringComparison.Ordinal) || name == "mts").ShouldAllBe(name => name == "Mts.Core");

    [Fact]
    public void Within_core_a_folder_sees_only_those_above_it()
    {
        var core = Path.Combine(Repository.Root, "src", "Mts.Core");
        var turned =
            from folder in CoreFolders
            from file in Directory.EnumerateFiles(Path.Combine(core, folder), "*.cs", SearchOption.AllDirectories)
            from Match match in UsingCore().Matches(File.ReadAllText(file))
            where Array.IndexOf(CoreFolders, match.Groups[1].Value) > Array.IndexOf(CoreFolders, folder)
            select $"{Path.GetRelativePath(core, file)} uses {match.Groups[1].Value}";
        turned.ShouldBeEmpty();
    }

    [Fact]
    public void Sibling_folders_of_adapters_and_strategies_do_not_see_one_another()
    {
        string[] shared = ["Http", "Venues", "Wire"];
        var turned =
            from project in new[] { "Mts.Adapters", "Mts.Strategies" }
            let root = Path.Combine(Repository.Root, "src", project)
            from folder in Directory.EnumerateDirectories(root).Select(d => Path.GetFileName(d)!)
            from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            from Match match in Regex.Matches(File.ReadAllText(file), $@"using {Regex.Escape(project)}\.(\w+)", RegexOptions.None, TimeSpan.FromSeconds(1))
            let seen = match.Groups[1].Value
            where seen != folder && !shared.Contains(seen)
            select $"{project}/{folder} sees {seen} in {Path.GetFileName(file)}";
        turned.ShouldBeEmpty();
    }

    [Fact]
    public void No_file_is_named_for_nothing_in_particular()
    {
        string[] vague = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Misc"];
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Where(name => vague.Any(v => name.EndsWith(v, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [GeneratedRegex(@"using (?:static )?Mts\.Core\.(\w+)", RegexOptions.None, 1000)]
    private static partial Regex UsingCore();

    private static IEnumerable<string> References(string project) =>
        Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!);
}
