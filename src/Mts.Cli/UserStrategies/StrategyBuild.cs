using System.Security.Cryptography;
using System.Text;
using Mts.Engine;

namespace Mts.Cli.UserStrategies;

/// <summary>Compiles a strategy, once: what came of the same source against the same mts is kept in <c>obj/strategies</c> of the data folder.</summary>
/// <remarks>A copy of the source is compiled, away from the user's folder and from projects around it: what is run is what was hashed.</remarks>
internal sealed class StrategyBuild(Session session, StrategySource source)
{
    private const string Stand = "<Project />\n";
    private const string MainFile = "main.txt";

    // Nothing is fetched: a strategy needs the SDK and mts, no packages.
    private const string NoPackages = "<configuration><packageSources><clear /></packageSources></configuration>\n";

    private string Root => Path.Combine(session.DataDirectory, "obj", "strategies");

    private string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{source.Hash} {typeof(IStrategy).Module.ModuleVersionId} {typeof(Backtest).Module.ModuleVersionId}")))[..32];

    /// <returns>The compiled assembly.</returns>
    /// <exception cref="ConfigurationException">It does not compile, or there is no SDK.</exception>
    public async Task<string> AssemblyAsync(CancellationToken cancellationToken)
    {
        var kept = Path.Combine(Root, Key);
        if (!File.Exists(Path.Combine(kept, MainFile))) await MakeAsync(kept, cancellationToken);
        return Path.Combine(kept, await File.ReadAllTextAsync(Path.Combine(kept, MainFile), cancellationToken));
    }

    private async Task MakeAsync(string kept, CancellationToken cancellationToken)
    {
        var fresh = Path.Combine(Root, $".{Key}.{Environment.ProcessId}.new");
        try
        {
            var project = WriteSource(fresh);
            session.Output.Note($"compiling {source.Path}…");
            await Compiler.BuildAsync(session.Host, project, Path.Combine(fresh, "out"), shown: text => Shown(text, Path.GetDirectoryName(project)!), cancellationToken);
            // They are shared with the one that runs.
            foreach (var own in Directory.EnumerateFiles(Path.Combine(fresh, "out"), "Mts.*").ToList()) File.Delete(own);
            File.WriteAllText(Path.Combine(fresh, "out", MainFile), MainOf(Path.Combine(fresh, "out"), Path.GetFileNameWithoutExtension(project)));
            // As a whole or not at all; another process may have been faster.
            if (!Directory.Exists(kept)) Directory.Move(Path.Combine(fresh, "out"), kept);
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    private string WriteSource(string folder)
    {
        var files = Path.Combine(folder, "src");
        foreach (var (name, content) in source.Files)
        {
            var path = Path.Combine(files, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        // What lies around the data folder has no part in it.
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" }) File.WriteAllText(Path.Combine(folder, name), Stand);
        File.WriteAllText(Path.Combine(folder, "NuGet.config"), NoPackages);
        File.WriteAllText(Path.Combine(folder, "global.json"), "{}\n");
        if (source.Project is { } own) return Path.Combine(files, own);
        var project = Path.Combine(files, "Strategy.csproj");
        File.WriteAllText(project, StrategyTemplate.Project(session.Host.ProgramDirectory, isLibrary: true));
        return project;
    }

    // The compiler speaks of the copy; people know the original.
    private string Shown(string text, string copy) =>
        text.Replace(copy + Path.DirectorySeparatorChar, (Directory.Exists(source.Path) ? source.Path : Path.GetDirectoryName(source.Path)!) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string MainOf(string folder, string project)
    {
        var own = Directory.EnumerateFiles(folder, "*.dll").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        if (own.Contains(project + ".dll", StringComparer.Ordinal)) return project + ".dll";
        return own is [var only] ? only : throw new ConfigurationException($"{source.Path}: the project makes {string.Join(", ", own)}; call the one with the strategy {project}, as the project file.");
    }
}
