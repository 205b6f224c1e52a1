using System.Text.Json;

namespace Mts.Cli.Configuration;

/// <summary>Reads a configuration file: JSON with comments and trailing commas, no name twice.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <returns>The root, or null with a problem noted.</returns>
    public static JsonElement? TryRead(string path, ICollection<string> problems, JsonValueKind expected = JsonValueKind.Object)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.ValueKind == expected) return document.RootElement.Clone();
            problems.Add($"{path}: an {expected.ToString().ToLowerInvariant()} is expected, not a {document.RootElement.ValueKind.ToString().ToLowerInvariant()}.");
        }
        catch (JsonException broken)
        {
            problems.Add($"{path}: not valid JSON: {broken.Message}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: cannot be read: {unreadable.Message}");
        }

        return null;
    }
}
