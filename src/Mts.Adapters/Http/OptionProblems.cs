using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Mts.Adapters.Http;

/// <summary>Checks an options record against the ranges on its properties and names each setting that breaks one.</summary>
public static class OptionProblems
{
    /// <param name="section">Where the record stands in the settings: <c>http</c>, <c>sources.fred</c>.</param>
    /// <param name="options">The record.</param>
    /// <returns><c>http.retries: 11 is outside 0 to 10</c>, one line per wrong setting.</returns>
    public static IEnumerable<string> Of(string section, object options)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var value = property.GetValue(options);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>(inherit: true))
            {
                if (!rule.IsValid(value)) yield return $"{section}.{SettingName(property.Name)}: {Text(value)} {Complaint(rule)}";
            }
        }
    }

    /// <exception cref="ConfigurationException">Something is wrong; the message lists everything that is.</exception>
    public static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0) throw new ConfigurationException(string.Join("; ", problems));
    }

    private static string SettingName(string property) => char.ToLowerInvariant(property[0]) + property[1..];

    private static string Text(object? value) => value is null or "" ? "nothing" : $"'{value}'";

    private static string Complaint(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => $"is outside {range.Minimum} to {range.Maximum}",
        _ => rule.ErrorMessage ?? "is not allowed",
    };
}
