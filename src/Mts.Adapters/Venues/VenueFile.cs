using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mts.Adapters.Http;

namespace Mts.Adapters.Venues;

/// <summary>Reads <c>config/exchanges/{venue}.json</c>: JSON with comments, every key known, none left out.</summary>
internal static class VenueFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <param name="path">The file.</param>
    /// <param name="problems">Values out of their range, by name.</param>
    /// <exception cref="ConfigurationException">The file is missing or something in it is wrong; the message lists everything that is.</exception>
    public static T Read<T>(string path, Func<T, IEnumerable<string>> problems)
    {
        var text = Text(path);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            Throw(path, UnknownKeys(document.RootElement, typeof(T), ""));
            var options = JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("the file holds null");
            Throw(path, problems(options));
            return options;
        }
        catch (JsonException broken)
        {
            throw new ConfigurationException($"{path}: {broken.Message}", broken);
        }
    }

    /// <summary>Names among <paramref name="intervals"/> that mean no interval, one complaint each.</summary>
    public static IEnumerable<string> IntervalProblems(string setting, IEnumerable<string> intervals) =>
        intervals.Where(i => !Interval.TryParse(i, out _)).Select(i => $"{setting}: '{i}' is not one of {string.Join(' ', Interval.Names)}");

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {missing.Message}", missing);
        }
    }

    private static void Throw(string path, IEnumerable<string> problems)
    {
        var all = problems.Select(p => $"{path}: {p}").ToList();
        OptionProblems.ThrowIfAny(all);
    }

    private static IEnumerable<string> UnknownKeys(JsonElement element, Type type, string section)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (element.ValueKind == JsonValueKind.Array && type.IsGenericType)
            return element.EnumerateArray().SelectMany((item, i) => UnknownKeys(item, type.GetGenericArguments()[0], $"{section}[{i}]"));
        if (element.ValueKind != JsonValueKind.Object || type.Assembly != typeof(VenueFile).Assembly) return [];
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name), p => p.PropertyType, StringComparer.Ordinal);
        return element.EnumerateObject().SelectMany(p =>
        {
            var name = section.Length == 0 ? p.Name : $"{section}.{p.Name}";
            return known.TryGetValue(p.Name, out var inner)
                ? UnknownKeys(p.Value, inner, name)
                : [$"{name}: unknown; known here are {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}"];
        });
    }
}
