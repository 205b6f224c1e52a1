using System.Text.Json;

namespace Mts.UnitTests;

/// <summary>The repository's own <c>config</c> folder.</summary>
internal static class ConfigFiles
{
    public static string Path(string name) => System.IO.Path.Combine(Repository.Root, "config", name);

    /// <summary>A flat JSON object as texts by name.</summary>
    public static Dictionary<string, string> Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path(name)));
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
    }
}
