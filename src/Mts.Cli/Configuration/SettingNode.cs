using System.Text.Json;

namespace Mts.Cli.Configuration;

/// <summary>One place in the tree of settings: a value with its origin, or more places by name.</summary>
internal sealed class SettingNode
{
    private readonly Dictionary<string, SettingNode> children = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, SettingNode> Children => children;

    /// <summary>The value as JSON, where a file gave it.</summary>
    public JsonElement? Json { get; private set; }

    /// <summary>The value as text, where a variable or the command line gave it.</summary>
    public string? Text { get; private set; }

    /// <summary>The file, variable or option that had the last word.</summary>
    public string Origin { get; private set; } = "";

    public bool HasValue => Json is not null || Text is not null;

    /// <summary>The child of that name, made where it is missing.</summary>
    public SettingNode this[string name]
    {
        get
        {
            if (children.TryGetValue(name, out var child)) return child;
            return children[name] = new SettingNode();
        }
    }

    /// <summary>Lays a JSON value over what is there: objects are merged, everything else is replaced.</summary>
    public void Overlay(JsonElement value, string origin)
    {
        Origin = origin;
        if (value.ValueKind != JsonValueKind.Object)
        {
            (Json, Text) = (value, null);
            return;
        }

        foreach (var property in value.EnumerateObject()) this[property.Name].Overlay(property.Value, origin);
    }

    public void Overlay(string text, string origin) => (Json, Text, Origin) = (null, text, origin);

    /// <summary>The value as somebody would write it.</summary>
    public string Shown() => Text ?? Json switch
    {
        { ValueKind: JsonValueKind.String } s => s.GetString() ?? "",
        { } other => other.GetRawText(),
        null => children.Count > 0 ? "{…}" : "",
    };
}
