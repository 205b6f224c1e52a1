using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Mts.Core.Market;

namespace Mts.Engine;

/// <summary>SHA-256 over everything that a run can see, in a fixed order.</summary>
internal static class DataHash
{
    // A series never changes, and the same one is run again and again with other parameters.
    private static readonly ConditionalWeakTable<BarSeries, byte[]> Known = [];

    public static string Of(BacktestInputs inputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var instrument in inputs.Instruments)
        {
            hash.AppendData(Known.GetValue(instrument.Series, Of));
            if (instrument.Finer is { } finer) hash.AppendData(Known.GetValue(finer, Of));
            if (instrument.Tape is { } tape) hash.AppendData(Encoding.UTF8.GetBytes(tape.Hash));
            if (instrument.Marks is { } marks) hash.AppendData(Known.GetValue(marks, Of));
            foreach (var rate in instrument.Funding ?? []) Append(hash, rate.Time.Micros, rate.Rate, rate.MarkPrice);
            foreach (var spread in instrument.Spreads ?? []) Append(hash, spread.Time.Micros, spread.Bps, null);
        }

        foreach (var (id, observations) in inputs.Macro.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(id));
            foreach (var o in observations) Append(hash, o.Day.DayNumber, o.KnownTime.Micros, o.Value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Of(BarSeries series)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(series.Key.ToString()));
        hash.AppendData(MemoryMarshal.AsBytes(series.OpenTimes));
        hash.AppendData(MemoryMarshal.AsBytes(series.Opens));
        hash.AppendData(MemoryMarshal.AsBytes(series.Highs));
        hash.AppendData(MemoryMarshal.AsBytes(series.Lows));
        hash.AppendData(MemoryMarshal.AsBytes(series.Closes));
        hash.AppendData(MemoryMarshal.AsBytes(series.Volumes));
        hash.AppendData(MemoryMarshal.AsBytes(series.CloseTimes));
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long a, double b, double? c)
    {
        Span<byte> bytes = stackalloc byte[24];
        BitConverter.TryWriteBytes(bytes, a);
        BitConverter.TryWriteBytes(bytes[8..], b);
        BitConverter.TryWriteBytes(bytes[16..], c ?? double.NaN);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long a, long b, double? c) => Append(hash, a, BitConverter.Int64BitsToDouble(b), c);
}
