using System.Text;
using System.Text.Json;
using Mts.Core.Feeds;

namespace Mts.Core.Ports;

/// <summary>Gaps, dead letters and accounts as JSON objects: the same in files, exports and documents.</summary>
public static class LedgerJson
{
    public static void Write(Utf8JsonWriter w, FeedGap gap)
    {
        w.WriteStartObject();
        w.WriteString("venue", gap.Venue);
        w.WriteString("symbol", gap.Symbol.ToString());
        w.WriteString("channel", Name(gap.Channel));
        w.WriteString("cause", gap.Cause);
        WriteNumber(w, "last_id", gap.LastId);
        WriteNumber(w, "next_id", gap.NextId);
        w.WriteString("start", gap.Start.ToString());
        w.WriteString("end", gap.End?.ToString());
        w.WriteString("repair", gap.Repair);
        w.WriteEndObject();
    }

    /// <summary>The raw bytes in base 64, and as text where they are any.</summary>
    public static void Write(Utf8JsonWriter w, DeadLetter letter)
    {
        w.WriteStartObject();
        w.WriteString("venue", letter.Venue);
        w.WriteString("market", Name(letter.Market));
        w.WriteString("symbol", letter.Symbol?.ToString());
        w.WriteString("channel", letter.Channel is { } channel ? Name(channel) : null);
        w.WriteNumber("connection", letter.Connection);
        w.WriteNumber("epoch", letter.Epoch);
        w.WriteNumber("position", letter.Position);
        w.WriteString("received", letter.Received.ToString());
        w.WriteString("reason", letter.Reason);
        w.WriteBase64String("bytes", letter.Bytes);
        w.WriteString("text", Encoding.UTF8.GetString(letter.Bytes));
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, AccountRow account)
    {
        w.WriteStartObject();
        w.WriteString("session", account.Session);
        w.WriteString("venue", account.Venue);
        w.WriteString("market", Name(account.Market));
        w.WriteString("symbol", account.Symbol?.ToString());
        w.WriteString("channel", account.Channel is { } channel ? Name(channel) : null);
        if (account.Symbol is null) w.WriteNumber("connection", account.Connection);
        w.WriteString("time", account.Time.ToString());
        w.WriteNumber("received", account.Received);
        foreach (var outcome in Enum.GetValues<FrameOutcome>()) w.WriteNumber(outcome == FrameOutcome.DeadLettered ? "dead_lettered" : Name(outcome), account[outcome]);
        w.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter w, string name, long? value)
    {
        if (value is { } number) w.WriteNumber(name, number);
        else w.WriteNull(name);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
