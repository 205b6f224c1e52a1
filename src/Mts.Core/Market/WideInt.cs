using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mts.Core.Market;

/// <summary>A whole number of 128 bits, two's complement: what is owed, in units of 10⁻⁸, and products of such. Arithmetic wraps, as that of <see cref="long"/> does.</summary>
/// <remarks>
/// <see cref="Int128"/> says the same, but whatever touches one cannot be compiled ahead: it took a twentieth of a whole backtest from a file.
/// What only large numbers need is left to it, in methods of their own, so that it is compiled when such a number comes.
/// </remarks>
/// <param name="high">The upper 64 bits, with the sign.</param>
/// <param name="low">The lower 64 bits.</param>
public readonly struct WideInt(long high, ulong low) : IEquatable<WideInt>, IComparable<WideInt>, IFormattable
{
    /// <summary>The upper 64 bits, with the sign.</summary>
    public long High { get; } = high;

    /// <summary>The lower 64 bits.</summary>
    public ulong Low { get; } = low;

    public static WideInt MaxValue => new(long.MaxValue, ulong.MaxValue);

    /// <summary>Whether 64 bits hold it.</summary>
    public bool IsLong => High == (long)Low >> 63;

    /// <summary>Bits of the magnitude; 0 for zero.</summary>
    public int Bits
    {
        get
        {
            var magnitude = Abs(this);
            return magnitude.High != 0 ? 128 - BitOperations.LeadingZeroCount((ulong)magnitude.High) : 64 - BitOperations.LeadingZeroCount(magnitude.Low);
        }
    }

    public static implicit operator WideInt(long value) => new(value >> 63, (ulong)value);

    /// <remarks>Decimals are cut off.</remarks>
    public static explicit operator WideInt(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(decimal.Truncate(value), parts);
        var magnitude = new WideInt((uint)parts[2], (uint)parts[0] | ((ulong)(uint)parts[1] << 32));
        return parts[3] < 0 ? -magnitude : magnitude;
    }

    /// <remarks>Decimals are cut off.</remarks>
    public static explicit operator WideInt(double value) => value is >= long.MinValue and < long.MaxValue ? (long)value : Large(value);

    /// <exception cref="OverflowException">It does not fit.</exception>
    public static explicit operator WideInt(BigInteger value) => From((Int128)value);

    public static explicit operator long(WideInt value) => (long)value.Low;

    public static explicit operator ulong(WideInt value) => value.Low;

    /// <exception cref="OverflowException">It does not fit.</exception>
    public static explicit operator decimal(WideInt value) => value.IsLong ? (long)value.Low : (decimal)value.ToInt128();

    /// <remarks>The nearest one.</remarks>
    public static explicit operator double(WideInt value) => value.IsLong ? (long)value.Low : value.LargeToDouble();

    public static implicit operator BigInteger(WideInt value) => value.ToInt128();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideInt operator +(WideInt left, WideInt right)
    {
        var low = left.Low + right.Low;
        return new WideInt(left.High + right.High + (low < left.Low ? 1 : 0), low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideInt operator -(WideInt left, WideInt right) => new(left.High - right.High - (left.Low < right.Low ? 1 : 0), left.Low - right.Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideInt operator -(WideInt value) => new WideInt(0, 0) - value;

    public static WideInt operator ++(WideInt value) => value + 1;

    public static WideInt operator --(WideInt value) => value - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideInt operator *(WideInt left, WideInt right)
    {
        var high = Math.BigMul(left.Low, right.Low, out var low);
        return new WideInt((long)high + ((long)left.Low * right.High) + (left.High * (long)right.Low), low);
    }

    public static WideInt operator /(WideInt left, WideInt right) => left.IsLong && right.IsLong && (long)right.Low != -1 ? (long)left.Low / (long)right.Low : LargeQuotient(left, right);

    public static WideInt operator %(WideInt left, WideInt right) => left.IsLong && right.IsLong && (long)right.Low != -1 ? (long)left.Low % (long)right.Low : LargeRemainder(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator ==(WideInt left, WideInt right) => left.Low == right.Low && left.High == right.High;

    public static bool operator !=(WideInt left, WideInt right) => !(left == right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator <(WideInt left, WideInt right) => left.High < right.High || (left.High == right.High && left.Low < right.Low);

    public static bool operator >(WideInt left, WideInt right) => right < left;

    public static bool operator <=(WideInt left, WideInt right) => !(right < left);

    public static bool operator >=(WideInt left, WideInt right) => !(left < right);

    public static WideInt Abs(WideInt value) => value.High < 0 ? -value : value;

    public static int Sign(WideInt value) => value.High < 0 ? -1 : (value.High | (long)value.Low) == 0 ? 0 : 1;

    public static WideInt Min(WideInt left, WideInt right) => right < left ? right : left;

    public static WideInt Max(WideInt left, WideInt right) => left < right ? right : left;

    /// <summary>The same number as the framework writes it.</summary>
    public Int128 ToInt128() => new((ulong)High, Low);

    public bool Equals(WideInt other) => this == other;

    public override bool Equals(object? obj) => obj is WideInt other && this == other;

    public override int GetHashCode() => HashCode.Combine(High, Low);

    public int CompareTo(WideInt other) => this < other ? -1 : this == other ? 0 : 1;

    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);

    public string ToString(string? format, IFormatProvider? formatProvider) => ToInt128().ToString(format, formatProvider);

    private static WideInt From(Int128 value) => new((long)(value >> 64), (ulong)value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WideInt Large(double value) => From((Int128)value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WideInt LargeQuotient(WideInt left, WideInt right) => From(left.ToInt128() / right.ToInt128());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WideInt LargeRemainder(WideInt left, WideInt right) => From(left.ToInt128() % right.ToInt128());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double LargeToDouble() => (double)ToInt128();
}
