using System.Buffers.Binary;
using System.Numerics;
using Mts.Core.Books;

namespace Mts.Adapters.Wire;

/// <summary>
/// Reads a frame whose bytes stand exactly as a venue usually writes them. It looks at every byte; at the first that is otherwise it says no,
/// and the frame is read by <see cref="WireTape"/> instead. What it accepts, the tape accepts too, with the same numbers.
/// </summary>
internal ref struct DepthScanner(ReadOnlySpan<byte> frame)
{
    private const int MostDigits = 18;
    private const ulong Zeros = 0x3030303030303030;

    private static readonly long[] Powers = [.. Enumerable.Range(0, NumberScale.MostDecimals + 1).Select(NumberScale.Power)];

    // Largest whole number that may be multiplied by that power of ten and still be a long.
    private static readonly long[] Room = [.. Powers.Select(p => long.MaxValue / p)];

    private readonly ReadOnlySpan<byte> frame = frame;
    private int at;

    public readonly bool IsAtEnd => at == frame.Length;

    /// <summary>Passes over these bytes if they are next.</summary>
    public bool Passes(ReadOnlySpan<byte> bytes)
    {
        if (!frame[at..].StartsWith(bytes)) return false;
        at += bytes.Length;
        return true;
    }

    /// <summary>A text of visible ASCII without escapes, up to its closing quote, which is passed over.</summary>
    public bool TryText(out ReadOnlySpan<byte> text)
    {
        var start = at;
        for (; at < frame.Length; at++)
        {
            var c = frame[at];
            if (c == '"')
            {
                text = frame[start..at++];
                return true;
            }

            if (c is < 0x20 or > 0x7e or (byte)'\\') break;
        }

        text = default;
        return false;
    }

    /// <summary>A JSON integer of at most eighteen digits.</summary>
    public bool TryInteger(out long value)
    {
        var start = at;
        value = 0;
        var count = Digits(ref value);
        return count is > 0 and <= MostDigits && (count == 1 || frame[start] != '0');
    }

    /// <summary>Pairs of price and size in quotes, up to the closing bracket, which is passed over; the opening one was.</summary>
    public bool TryLevels(NumberScale scale, ref LevelChange[] levels, out int count)
    {
        count = 0;
        if (Passes("]"u8)) return true;
        while (true)
        {
            if (!Passes("[\""u8) || !TryNumber(scale.PriceDecimals, out var price) || price == 0) return false;
            if (!Passes("\",\""u8) || !TryNumber(scale.SizeDecimals, out var size) || !Passes("\"]"u8)) return false;
            if (count == levels.Length) Array.Resize(ref levels, count * 2);
            levels[count++] = new LevelChange(price, size);
            if (Passes("]"u8)) return true;
            if (!Passes(","u8)) return false;
        }
    }

    /// <summary>Digits, perhaps a point and digits, in units of 10^-<paramref name="decimals"/>; no where that is not exact.</summary>
    private bool TryNumber(int decimals, out long units)
    {
        units = 0;
        var whole = Digits(ref units);
        if (whole == 0) return false;
        var fraction = 0;
        if (at < frame.Length && frame[at] == '.')
        {
            at++;
            fraction = Digits(ref units);
            if (fraction == 0) return false;
        }

        if (whole + fraction > MostDigits) return false;
        if (fraction > decimals)
        {
            var (quotient, rest) = Math.DivRem(units, Powers[fraction - decimals]);
            units = quotient;
            return rest == 0;
        }

        var shift = decimals - fraction;
        if (units > Room[shift]) return false;
        units *= Powers[shift];
        return true;
    }

    /// <summary>Appends the digits that are next; more than eighteen in all make <paramref name="value"/> worthless.</summary>
    private int Digits(ref long value)
    {
        var start = at;
        while (frame.Length - at >= sizeof(ulong))
        {
            var bytes = BinaryPrimitives.ReadUInt64LittleEndian(frame[at..]) ^ Zeros;
            var others = ((bytes + 0x7676767676767676) | bytes) & 0x8080808080808080;
            if (others == 0)
            {
                value = (value * 100_000_000) + Eight(bytes);
                at += sizeof(ulong);
                continue;
            }

            var count = BitOperations.TrailingZeroCount(others) >> 3;
            if (count > 0) value = (value * Powers[count]) + Eight(bytes << (64 - (count * 8)));
            at += count;
            return at - start;
        }

        for (; at < frame.Length && (uint)(frame[at] - '0') <= 9; at++) value = (value * 10) + (frame[at] - '0');
        return at - start;
    }

    /// <summary>Eight digits, the first in the lowest byte.</summary>
    private static long Eight(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        return (long)((((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
    }
}
