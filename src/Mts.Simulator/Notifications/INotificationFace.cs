using System.Text.Json;
using Mts.Simulator.Http;

namespace Mts.Simulator.Notifications;

/// <summary>One simulated service that takes messages.</summary>
internal interface INotificationFace
{
    /// <summary>discord, telegram, slack or webhook.</summary>
    string Name { get; }

    /// <summary>The service's answer; <paramref name="taken"/> tells what a person would read there, where it was taken.</summary>
    Reply Answer(PostRequest request, out string? taken);

    /// <summary>The service's own refusal of that status.</summary>
    /// <param name="status">429, 403, 404, 410, 500, …</param>
    /// <param name="waitSeconds">What it asks to wait, with 429.</param>
    Reply Refuse(int status, double waitSeconds);
}

/// <summary>Reads JSON as a lenient service does.</summary>
internal static class Field
{
    public static string Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    public static IReadOnlyList<JsonElement> List(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
}
