using System.Reflection;
using System.Runtime.Loader;

namespace Mts.Cli.UserStrategies;

/// <summary>Where a user's assembly lives: what mts itself is made of is shared with it, everything else lies beside it.</summary>
internal sealed class UserLoadContext(string file) : AssemblyLoadContext("user strategies", isCollectible: true)
{
    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;

    /// <summary>From memory, so that the file can be compiled anew meanwhile.</summary>
    public Assembly LoadFrom(string path)
    {
        using var image = new MemoryStream(File.ReadAllBytes(path));
        return LoadFromStream(image);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // A second Mts.Core would have other types by the same names.
        if (assemblyName.Name!.StartsWith("Mts.", StringComparison.Ordinal)) return null;
        var beside = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(beside) ? LoadFrom(beside) : null;
    }
}
