using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mts.Core.Market;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Reads rows of <c>yyyy-MM-ddTHH:mm:ssZ</c> and five plain numbers, many at a time, straight from the buffer. It stops at the first row that is anything else, which the long way then reads and judges.</summary>
internal sealed class UsualRows(BarColumns columns)
{
    /// <summary>So many bytes at least must follow: a row reads at most 21 of its time, and five numbers of up to 16 with the byte behind them.</summary>
    private const int Ahead = 128;

    private const int TimeLength = 20;
    private const ulong TimePattern = 0x3030_3A30_303A_3030; // "00:00:00"
    private const ulong Colons = 0x0000_FF00_00FF_0000;

    private ulong head;
    private ulong tail;
    private long midnight;

    /// <param name="text">What is in memory, from the start of a row.</param>
    /// <param name="number">Of the first row, counted from 1.</param>
    /// <param name="rows">Rows that were added to the columns.</param>
    /// <returns>Their bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(ReadOnlySpan<byte> text, int number, out int rows)
    {
        rows = 0;
        var at = 0;
        while (at + Ahead <= text.Length)
        {
            ref var row = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at);
            if (!TryTime(ref row, out var time) || Unsafe.Add(ref row, TimeLength) != ',') break;
            var next = TimeLength + 1;
            if (!UsualNumber.TryRead(ref Unsafe.Add(ref row, next), out var length, out var open) || Unsafe.Add(ref row, next += length) != ',') break;
            if (!UsualNumber.TryRead(ref Unsafe.Add(ref row, ++next), out length, out var high) || Unsafe.Add(ref row, next += length) != ',') break;
            if (!UsualNumber.TryRead(ref Unsafe.Add(ref row, ++next), out length, out var low) || Unsafe.Add(ref row, next += length) != ',') break;
            if (!UsualNumber.TryRead(ref Unsafe.Add(ref row, ++next), out length, out var close) || Unsafe.Add(ref row, next += length) != ',') break;
            if (!UsualNumber.TryRead(ref Unsafe.Add(ref row, ++next), out length, out var volume)) break;
            next += length;
            if (Unsafe.Add(ref row, next) == '\r') next++;
            if (Unsafe.Add(ref row, next) != '\n') break;
            columns.Add(number + rows, time, open, high, low, close, volume, hasTradeCount: false);
            rows++;
            at += next + 1;
        }

        return at;
    }

    // The date is the same from row to row; it is read once a day, and the time of day without a loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTime(ref byte row, out long time)
    {
        var clock = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref row, 11)) ^ TimePattern;
        var (hour, minute, second) = (Two(clock), Two(clock >> 24), Two(clock >> 48));
        time = 0;
        if ((((clock + 0x7676_7676_7676_7676) | clock) & 0x8080_8080_8080_8080) != 0 || (clock & Colons) != 0 || hour > 23 || minute > 59 || second > 59) return false;
        if (Unsafe.ReadUnaligned<ulong>(ref row) != head || Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref row, 3)) != tail || Unsafe.Add(ref row, TimeLength - 1) != 'Z')
        {
            if (!TryDate(ref row)) return false;
        }

        time = midnight + ((long)((((hour * 60) + minute) * 60) + second) * Timestamp.MicrosPerSecond);
        return true;
    }

    private bool TryDate(ref byte row)
    {
        var text = MemoryMarshal.CreateReadOnlySpan(ref row, TimeLength);
        if (text[10] != 'T' || text[^1] != 'Z' || !Utf8Time.TryParse(text, out var time, out _)) return false;
        midnight = Interval.Day.Floor(new Timestamp(time)).Micros;
        (head, tail) = (Unsafe.ReadUnaligned<ulong>(ref row), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref row, 3)));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Two(ulong digits) => ((digits & 0xF) * 10) + ((digits >> 8) & 0xF);
}
