using Mts.Core.Market;

namespace Mts.Storage.Files.Import.Text;

/// <summary>How a time was written.</summary>
internal enum TimeUnit
{
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Text,
}

/// <summary>Reads the times that market data files carry, UTC unless an offset is given.</summary>
/// <remarks>Epoch numbers from 2001 on, their unit told by their size; <c>yyyy-MM-dd</c> and <c>yyyyMMdd</c>, alone or with <c>HH:mm</c>,
/// <c>HH:mm:ss</c>, <c>HH:mm:ss.ffffff</c> or <c>hh-AM</c>, a blank or <c>T</c> between, <c>Z</c>, <c>UTC</c> or an offset behind.</remarks>
internal static class Utf8Time
{
    // Smaller numbers are no times of a market: milliseconds since midnight, row numbers.
    private const long FirstEpoch = 1_000_000_000;

    public static bool TryParse(ReadOnlySpan<byte> text, out long micros, out TimeUnit unit)
    {
        if (!text.IsEmpty && text[0] is (byte)'"' or (byte)' ') text = Fields.Clean(text);
        if (text.Length >= 10 && TryParseEpoch(text, out micros, out unit)) return true;
        unit = TimeUnit.Text;
        return TryParseUsual(text, out micros) || TryParseText(text, out micros);
    }

    public static string Name(TimeUnit unit) => unit switch
    {
        TimeUnit.Seconds => "s",
        TimeUnit.Milliseconds => "ms",
        TimeUnit.Microseconds => "us",
        TimeUnit.Nanoseconds => "ns",
        _ => "text",
    };

    // yyyy-MM-ddTHH:mm:ssZ, as nearly all files write it: no loop, and one question whether all were digits.
    private static bool TryParseUsual(ReadOnlySpan<byte> t, out long micros)
    {
        micros = 0;
        if (t.Length != 20 || t[4] != '-' || t[7] != '-' || t[10] != 'T' || t[13] != ':' || t[16] != ':' || t[19] != 'Z') return false;
        var wrong = 0u;
        var year = (Two(t, 0, ref wrong) * 100) + Two(t, 2, ref wrong);
        var (month, day) = (Two(t, 5, ref wrong), Two(t, 8, ref wrong));
        var (hour, minute, second) = (Two(t, 11, ref wrong), Two(t, 14, ref wrong), Two(t, 17, ref wrong));
        if (wrong > 9 || year == 0 || month is 0 or > 12 || day == 0 || hour > 23 || minute > 59 || second > 59) return false;
        if (day > 28 && day > DateTime.DaysInMonth((int)year, (int)month)) return false;
        micros = Timestamp.FromDate(new DateOnly((int)year, (int)month, (int)day)).Micros + (((((hour * 60L) + minute) * 60) + second) * Timestamp.MicrosPerSecond);
        return true;
    }

    // What is no digit leaves a number above nine.
    private static uint Two(ReadOnlySpan<byte> t, int at, ref uint wrong)
    {
        var (tens, ones) = ((uint)(t[at] - '0'), (uint)(t[at + 1] - '0'));
        wrong = Math.Max(wrong, Math.Max(tens, ones));
        return (tens * 10) + ones;
    }

    private static bool TryParseEpoch(ReadOnlySpan<byte> text, out long micros, out TimeUnit unit)
    {
        (micros, unit) = (0, TimeUnit.Seconds);
        if (!Utf8Number.TryParseDigits(text, out var value))
            return text[0] is >= (byte)'0' and <= (byte)'9' && text.Contains((byte)'.') && TryParseFraction(text, out micros, out unit);
        if (value < FirstEpoch) return false;
        (micros, unit) = value switch
        {
            < 100_000_000_000 => (value * 1_000_000, TimeUnit.Seconds),
            < 100_000_000_000_000 => (value * 1_000, TimeUnit.Milliseconds),
            < 100_000_000_000_000_000 => (value, TimeUnit.Microseconds),
            _ => (value / 1_000, TimeUnit.Nanoseconds),
        };
        return micros <= Timestamp.MaxValue.Micros;
    }

    private static bool TryParseFraction(ReadOnlySpan<byte> text, out long micros, out TimeUnit unit)
    {
        var point = text.IndexOf((byte)'.');
        var fraction = text[(point + 1)..];
        if (point < 10 || fraction.Length > 6 || !TryParseEpoch(text[..point], out micros, out unit))
        {
            (micros, unit) = (0, TimeUnit.Seconds);
            return false;
        }

        if (fraction.TrimEnd((byte)'0').IsEmpty) return true;
        if (!Utf8Number.TryParseDigits(fraction, out var part) || unit != TimeUnit.Seconds) return false;
        for (var i = fraction.Length; i < 6; i++) part *= 10;
        micros += part;
        return true;
    }

    private static bool TryParseText(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var dashed = text.Length >= 10 && text[4] is (byte)'-' or (byte)'/' && text[7] == text[4];
        var length = dashed ? 10 : 8;
        if (text.Length < length) return false;
        var month = text.Slice(dashed ? 5 : 4, 2);
        var day = text.Slice(dashed ? 8 : 6, 2);
        if (!TryPart(text[..4], 1, 9999, out var y) || !TryPart(month, 1, 12, out var m) || !TryPart(day, 1, 31, out var d)) return false;
        if (d > DateTime.DaysInMonth(y, m)) return false;
        micros = Timestamp.FromDate(new DateOnly(y, m, d)).Micros;
        var clock = text[length..];
        if (clock.IsEmpty) return true;
        if (clock[0] is not ((byte)' ' or (byte)'T') || !TryParseClock(clock[1..], out var offset)) return false;
        micros += offset;
        return true;
    }

    private static bool TryParseClock(ReadOnlySpan<byte> clock, out long micros)
    {
        micros = 0;
        if (clock is [_, _, (byte)'-', _, (byte)'M']) return TryParseHalfDay(clock, out micros);
        if (clock.Length < 5 || clock[2] != ':' || !TryPart(clock[..2], 0, 23, out var hour) || !TryPart(clock.Slice(3, 2), 0, 59, out var minute)) return false;
        var second = 0;
        var rest = clock[5..];
        if (rest is [(byte)':', _, _, ..])
        {
            if (!TryPart(rest.Slice(1, 2), 0, 59, out second)) return false;
            rest = rest[3..];
        }

        if (!TryTakeFraction(ref rest, out var fraction) || !TryParseZone(rest, out var zoneMinutes)) return false;
        micros = (((((hour * 60L) + minute - zoneMinutes) * 60) + second) * Timestamp.MicrosPerSecond) + fraction;
        return true;
    }

    private static bool TryParseHalfDay(ReadOnlySpan<byte> clock, out long micros)
    {
        micros = 0;
        if (!TryPart(clock[..2], 1, 12, out var hour) || clock[3] is not ((byte)'A' or (byte)'P')) return false;
        micros = ((hour % 12) + (clock[3] == 'P' ? 12 : 0)) * 3_600 * Timestamp.MicrosPerSecond;
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> rest, out long micros)
    {
        micros = 0;
        if (rest.IsEmpty || rest[0] != '.') return true;
        var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0) digits = rest.Length - 1;
        if (digits is 0 or > 9) return false;
        for (var i = 0; i < 6; i++) micros = (micros * 10) + (i < digits ? rest[1 + i] - '0' : 0);
        rest = rest[(1 + digits)..];
        return true;
    }

    private static bool TryParseZone(ReadOnlySpan<byte> zone, out int minutes)
    {
        minutes = 0;
        zone = zone.TrimStart((byte)' ');
        if (zone.IsEmpty || zone.SequenceEqual("Z"u8) || zone.SequenceEqual("UTC"u8)) return true;
        if (zone is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _]) return false;
        if (!TryPart(zone.Slice(1, 2), 0, 14, out var hours) || !TryPart(zone.Slice(4, 2), 0, 59, out var rest)) return false;
        minutes = ((hours * 60) + rest) * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryPart(ReadOnlySpan<byte> text, int least, int greatest, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + c - '0';
        }

        return value >= least && value <= greatest;
    }
}
