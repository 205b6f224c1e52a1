using System.Security.Cryptography;
using System.Text;

namespace Mts.Cli.UserStrategies;

/// <summary>What a strategy is made of: an assembly, a single source file, or the files of a folder.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Files">Names within the folder and contents, in order; empty for an assembly.</param>
/// <param name="Hash">SHA-256 of all of it.</param>
internal sealed record StrategySource(string Path, IReadOnlyList<(string Name, byte[] Content)> Files, string Hash)
{
    private const int MostFiles = 500;
    private const long MostBytes = 64L << 20;

    private static readonly string[] Read = [".cs", ".csproj", ".props", ".targets", ".resx", ".dll"];

    public bool IsAssembly => Files.Count == 0;

    /// <summary>Name of the project file at the top; null where there is none and one is made up.</summary>
    public string? Project { get; private init; }

    /// <param name="text">As the user wrote it.</param>
    /// <param name="currentDirectory">What a relative one is relative to.</param>
    /// <exception cref="ConfigurationException">There is nothing, or no strategy can lie there.</exception>
    public static StrategySource Of(string text, string currentDirectory)
    {
        var path = System.IO.Path.GetFullPath(text, currentDirectory);
        if (Directory.Exists(path)) return OfFolder(path, text);
        if (!File.Exists(path)) throw new ConfigurationException($"--strategy-path: there is no {text}.");
        return System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".dll" => new StrategySource(path, [], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))),
            ".cs" => Hashed(path, [(System.IO.Path.GetFileName(path), File.ReadAllBytes(path))]),
            ".csproj" => OfFolder(System.IO.Path.GetDirectoryName(path)!, text),
            _ => throw new ConfigurationException($"--strategy-path: {text} is neither a folder, nor a .cs file, nor a .dll."),
        };
    }

    private static StrategySource OfFolder(string folder, string text)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };
        var names = Directory.EnumerateFiles(folder, "*", options).Where(f => Read.Contains(System.IO.Path.GetExtension(f).ToLowerInvariant()))
            .Select(f => System.IO.Path.GetRelativePath(folder, f).Replace('\\', '/')).Where(n => !n.Split('/')[..^1].Any(part => part is "bin" or "obj"))
            .Take(MostFiles + 1).Order(StringComparer.Ordinal).ToList();
        var projects = names.Where(n => n.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) && !n.Contains('/', StringComparison.Ordinal)).ToList();
        if (projects.Count > 1) throw new ConfigurationException($"--strategy-path: {text} has {projects.Count} projects ({string.Join(", ", projects)}); put each into a folder of its own.");
        if (!names.Exists(n => n.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))) throw new ConfigurationException($"--strategy-path: there is no .cs file in {text}; `mts strategy new` writes a strategy to start from.");
        if (names.Count > MostFiles || names.Sum(n => new FileInfo(System.IO.Path.Combine(folder, n)).Length) > MostBytes)
            throw new ConfigurationException($"--strategy-path: {text} has more than {MostFiles} files or {MostBytes >> 20} MiB; name the folder of the strategy alone.");
        return Hashed(folder, [.. names.Select(n => (n, File.ReadAllBytes(System.IO.Path.Combine(folder, n))))]) with { Project = projects.FirstOrDefault() };
    }

    private static StrategySource Hashed(string path, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{content.Length}\n"));
            hash.AppendData(content);
        }

        return new StrategySource(path, files, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
