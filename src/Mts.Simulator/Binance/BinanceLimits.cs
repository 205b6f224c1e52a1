using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>Request weight per minute; who goes on after a 429 is banned, each time for longer.</summary>
/// <param name="weightPerMinute">Enforced; 0 for no limit.</param>
/// <param name="published">What the messages say.</param>
/// <param name="patience">Refusals before a ban.</param>
internal sealed class BinanceLimits(int weightPerMinute, int published, int patience)
{
    private const long FirstBanMs = 2 * Clock.Minute;
    private const long LongestBanMs = 3 * Clock.Day;

    private readonly FixedWindow minute = new(weightPerMinute, Clock.Minute);
    private readonly Dictionary<string, Offence> offences = [];
    private readonly Lock gate = new();

    /// <returns>The weight used in this minute, and the refusal where there is one.</returns>
    public (int Used, Reply? Refusal) Charge(string client, int weight, long nowMs)
    {
        lock (gate)
        {
            var offence = offences.GetValueOrDefault(client);
            if (offence.BannedUntilMs > nowMs) return (0, Banned(offence.BannedUntilMs, nowMs));
            var (used, isOver, endMs) = minute.Take(client, weight, nowMs);
            if (!isOver) return (used, null);

            offence = offence with { Refused = offence.Minute == endMs ? offence.Refused + 1 : 1, Minute = endMs };
            if (offence.Refused > patience)
            {
                var until = nowMs + Math.Min(FirstBanMs << Math.Min(offence.Bans, 12), LongestBanMs);
                offence = offence with { BannedUntilMs = until, Bans = offence.Bans + 1, Refused = 0 };
            }

            offences[client] = offence;
            return (used, offence.BannedUntilMs > nowMs ? Banned(offence.BannedUntilMs, nowMs) : TooMuch(FixedWindow.SecondsUntil(endMs, nowMs)));
        }
    }

    public Reply TooMuch(int? retryAfterSeconds)
    {
        var reply = BinanceRefusal.Reply(
            429, -1003, $"Too much request weight used; current limit is {published} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.");
        return retryAfterSeconds is { } seconds ? reply.With("Retry-After", seconds.ToString()) : reply;
    }

    private static Reply Banned(long untilMs, long nowMs) =>
        BinanceRefusal.Reply(418, -1003, $"Way too much request weight used; IP banned until {untilMs}. Please use WebSocket Streams for live updates to avoid bans.")
            .With("Retry-After", FixedWindow.SecondsUntil(untilMs, nowMs).ToString());

    private readonly record struct Offence(long Minute, int Refused, int Bans, long BannedUntilMs);
}
