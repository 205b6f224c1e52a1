namespace Mts.Simulator.Http;

/// <summary>Counts what a client uses in windows that are aligned to the clock.</summary>
/// <param name="limit">What a client may use per window; 0 or less means no limit.</param>
/// <param name="windowMs">Length of the window.</param>
internal sealed class FixedWindow(int limit, long windowMs)
{
    private readonly Dictionary<string, (long Window, int Used)> clients = [];
    private readonly Lock gate = new();

    /// <returns>What the client has used in this window, this request included; whether that is too much; and when the window ends.</returns>
    public (int Used, bool IsOver, long EndMs) Take(string client, int weight, long nowMs)
    {
        var window = nowMs / windowMs;
        lock (gate)
        {
            var used = (clients.TryGetValue(client, out var known) && known.Window == window ? known.Used : 0) + weight;
            clients[client] = (window, used);
            return (used, limit > 0 && used > limit, (window + 1) * windowMs);
        }
    }

    public static int SecondsUntil(long endMs, long nowMs) => (int)Math.Max(1, (endMs - nowMs + 999) / 1000);
}
