using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mts.Storage.Files.Import.Text;

/// <summary>Reads plain decimal numbers of at most fifteen bytes, all their digits at once, correctly rounded.</summary>
/// <remarks>The digits are moved to the end of a register, the point left out, and then joined in pairs, fours and eights (Muła, SIMD-ized parsing of integers, 2014).</remarks>
internal static class UsualNumber
{
    /// <summary>False on processors that lack the instructions; <see cref="Utf8Number"/> reads the same numbers.</summary>
    public static bool IsSupported => Ssse3.IsSupported;

    /// <summary>Sixteen bytes are looked at: the caller knows that they are there.</summary>
    /// <param name="text">The first byte of the number.</param>
    /// <param name="length">Its bytes up to the one that is neither a digit nor the point.</param>
    /// <param name="value">The number; like every shorter sequence of digits its own are below 2⁵³, so that one division rounds once.</param>
    /// <returns>False, with nothing said about the text, for all else.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, out int length, out double value)
    {
        var digits = Vector128.LoadUnsafe(ref text) - Vector128.Create((byte)'0');
        var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        var point = BitOperations.TrailingZeroCount(others);
        (length, value) = (point, 0);
        if (point is 0 or > 15) return false;
        var count = point;
        if (Unsafe.Add(ref text, point) == '.')
        {
            length = BitOperations.TrailingZeroCount(others & (others - 1));
            if (length > 15) return false;
            count = length - 1;
        }

        // A place before the first digit has a negative source, which gives 0.
        var sources = Vector128<sbyte>.Indices + Vector128.Create((sbyte)(count - 16));
        sources -= Vector128.GreaterThanOrEqual(sources, Vector128.Create((sbyte)point));
        var ones = Ssse3.Shuffle(digits, sources.AsByte());
        var pairs = Ssse3.MultiplyAddAdjacent(ones, Vector128.Create(0x010A_010A_010A_010AUL).AsSByte());
        var fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(0x0001_0064_0001_0064UL).AsInt16());
        var eights = Sse2.MultiplyAddAdjacent(Sse2.PackSignedSaturate(fours, fours), Vector128.Create(0x0001_2710_0001_2710UL).AsInt16()).AsUInt32();
        var mantissa = (eights.GetElement(0) * 100_000_000UL) + eights.GetElement(1);
        value = mantissa / Utf8Number.Powers[count - point];
        return true;
    }
}
