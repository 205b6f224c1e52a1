using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Mts.Cli.Configuration;

/// <summary>Makes options records of a tree of settings; collects every problem instead of stopping at the first.</summary>
internal sealed class SettingsBinder
{
    private readonly List<string> problems = [];
    private readonly List<BoundSetting> bound = [];

    public IReadOnlyList<string> Problems => problems;

    /// <summary>All settings there are, in the order of the records, with values and origins.</summary>
    public IReadOnlyList<BoundSetting> Bound => bound;

    public T Bind<T>(SettingNode node, string path = "")
        where T : class => (T)BindRecord(typeof(T), node, path);

    private object BindRecord(Type type, SettingNode node, string path)
    {
        var record = Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} has no value.");
        var properties = type.GetProperties().Where(p => p.CanWrite).ToList();
        if (node.HasValue) problems.Add($"{node.Origin}: {path}: '{node.Shown()}' is a single value; a section with {Names(properties)} belongs here.");
        foreach (var (name, child) in node.Children)
        {
            if (properties.Exists(p => Is(p, name))) continue;
            var near = NearestNames.Suggest(NearestNames.To(name, properties.Select(SettingName)));
            problems.Add($"{OriginOf(child)}: {Join(path, name)} is unknown{near}; allowed are {Names(properties)}.");
        }

        foreach (var property in properties)
        {
            var child = node.Children.FirstOrDefault(c => Is(property, c.Key)).Value;
            BindProperty(record, property, child, Join(path, SettingName(property)));
        }

        return record;
    }

    private void BindProperty(object record, PropertyInfo property, SettingNode? node, string path)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (SettingText.IsLeaf(type)) BindLeaf(record, property, type, node, path);
        else if (DictionaryValue(type) is { } valueType) BindDictionary(record, property, valueType, node, path);
        else property.SetValue(record, BindRecord(type, node ?? new SettingNode(), path));
    }

    private void BindLeaf(object record, PropertyInfo property, Type type, SettingNode? node, string path)
    {
        var now = property.GetValue(record);
        // The defaults keep the rules; only what differs from them is judged, for reading the rules costs more than all the rest.
        if (node is not null && Read(property, type, node, path) is { } value && !Same(value, now))
        {
            property.SetValue(record, now = value);
            Judge(property, type, now, node, path);
        }

        bound.Add(new BoundSetting(path, now, node is { HasValue: true } ? node.Origin : "default", () => Allowed(property, type), IsSecret(property)));
    }

    private static bool Same(object value, object? other) => value is IReadOnlyList<string> list && other is IEnumerable<string> texts ? list.SequenceEqual(texts) : value.Equals(other);

    private void Judge(PropertyInfo property, Type type, object value, SettingNode node, string path)
    {
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>(inherit: true).Where(r => !r.IsValid(value)))
            problems.Add($"{OriginOf(node)}: {path}: '{SettingText.Show(value)}' is not allowed; {Allowed(property, type)}.");
    }

    private object? Read(PropertyInfo property, Type type, SettingNode node, string path)
    {
        if (!node.HasValue)
        {
            problems.Add($"{OriginOf(node)}: {path}: a section stands where a value belongs; {Allowed(property, type)}.");
            return null;
        }

        foreach (var (name, child) in node.Children) problems.Add($"{OriginOf(child)}: {Join(path, name)} is unknown, because {path} is one value; {Allowed(property, type)}.");
        if (node.Json is { ValueKind: System.Text.Json.JsonValueKind.Null }) return null;
        if (SettingText.TryRead(node, type, out var value)) return value;
        var shown = IsSecret(property) ? "***" : node.Shown();
        problems.Add($"{node.Origin}: {path}: '{shown}' cannot be read; {Allowed(property, type)}.");
        return null;
    }

    private void BindDictionary(object record, PropertyInfo property, Type valueType, SettingNode? node, string path)
    {
        if (node is null) return;
        if (node.HasValue) problems.Add($"{node.Origin}: {path}: '{node.Shown()}' is a single value; a section of names belongs here.");
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType), StringComparer.OrdinalIgnoreCase)!;
        foreach (var (name, child) in node.Children)
        {
            var item = Join(path, name);
            if (!SettingText.IsLeaf(valueType)) dictionary[name] = BindRecord(valueType, child, item);
            else if (SettingText.TryRead(child, valueType, out var value)) AddLeaf(dictionary, name, value, child, item, valueType);
            else problems.Add($"{OriginOf(child)}: {item}: '{child.Shown()}' cannot be read; {SettingText.Describe(valueType)}.");
        }

        property.SetValue(record, dictionary);
    }

    private void AddLeaf(IDictionary dictionary, string name, object? value, SettingNode child, string path, Type type)
    {
        dictionary[name] = value;
        bound.Add(new BoundSetting(path, value, child.Origin, () => SettingText.Describe(type), IsSecret: false));
    }

    private static string Allowed(PropertyInfo property, Type type) => property.GetCustomAttributes<ValidationAttribute>(inherit: true).FirstOrDefault() switch
    {
        RangeAttribute range => $"allowed is {range.Minimum} to {range.Maximum}",
        AllowedValuesAttribute values => $"allowed are {string.Join(", ", values.Values)}",
        RegularExpressionAttribute { ErrorMessage: { } message } => $"it {message}",
        { ErrorMessage: { } message } => $"allowed is {message}",
        _ => SettingText.Describe(type),
    };

    // Secrets are told by their names, so that records of other parts need no attribute of ours.
    private static bool IsSecret(PropertyInfo property) =>
        property.PropertyType == typeof(string) && new[] { "Key", "Secret", "Token", "Password" }.Any(s => property.Name.EndsWith(s, StringComparison.Ordinal));

    private static Type? DictionaryValue(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments()[1] : null;

    // A section that only variables speak of has the origin of what stands in it.
    private static string OriginOf(SettingNode? node) => node switch
    {
        null => "default",
        { Origin.Length: > 0 } => node.Origin,
        { Children.Count: > 0 } => OriginOf(node.Children.First().Value),
        _ => "default",
    };

    private static bool Is(PropertyInfo property, string name) => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase);

    private static string SettingName(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    private static string Names(List<PropertyInfo> properties) => string.Join(", ", properties.Select(SettingName));

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

/// <param name="Path">Section and key, <c>backtest.feeBps</c>.</param>
/// <param name="Value">As the record holds it.</param>
/// <param name="Origin">The file, variable or option that set it; <c>default</c> for none.</param>
/// <param name="Describe">Words the range.</param>
/// <param name="IsSecret">Never shown.</param>
internal sealed partial record BoundSetting(string Path, object? Value, string Origin, Func<string> Describe, bool IsSecret)
{
    /// <summary>The range in words.</summary>
    public string Allowed => Describe();

    /// <summary>The value as somebody would write it.</summary>
    public string Text => SettingText.Show(Value);

    /// <summary>The value as it may be shown: a secret, or the password within an address, is masked.</summary>
    public string Shown => IsSecret && Text.Length > 0 ? "***" : PasswordInAddress().Replace(Text, "***");

    /// <summary>What of it no output may show, as written and as meant.</summary>
    public IEnumerable<string> Secrets => (IsSecret, Text) switch
    {
        (true, { Length: > 0 } secret) => [secret],
        (false, var text) when text.Contains("://", StringComparison.Ordinal) => PasswordInAddress().Matches(text).SelectMany(m => new[] { m.Value, Uri.UnescapeDataString(m.Value) }),
        _ => [],
    };

    // Up to the last @ before the path: a password that should have been escaped hides as well.
    [GeneratedRegex(@"(?<=^[a-z+]+://[^/@:]*:)[^/]+(?=@)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex PasswordInAddress();
}
