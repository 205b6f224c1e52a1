using System.Numerics;
using Mts.Core.Market;

namespace Mts.UnitTests.Market;

/// <summary>The framework's 128-bit integer is the second implementation.</summary>
public sealed class WideIntTests
{
    private readonly Random random = new(5);

    [Fact]
    public void Sums_products_and_order_are_the_frameworks()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var (a, b) = (Draw(), Draw());
            var (x, y) = (Of(a), Of(b));
            Back(x + y).ShouldBe(unchecked(a + b));
            Back(x - y).ShouldBe(unchecked(a - b));
            Back(x * y).ShouldBe(unchecked(a * b));
            Back(-x).ShouldBe(unchecked(-a));
            ((x < y), (x > y), x <= y, x >= y, x == y, x != y).ShouldBe(((a < b), (a > b), a <= b, a >= b, a == b, a != b));
            x.CompareTo(y).ShouldBe(a.CompareTo(b));
            (Back(WideInt.Min(x, y)), Back(WideInt.Max(x, y)), WideInt.Sign(x)).ShouldBe((Int128.Min(a, b), Int128.Max(a, b), Int128.Sign(a)));
            if (a != Int128.MinValue) (Back(WideInt.Abs(x)), x.Bits).ShouldBe((Int128.Abs(a), 128 - (int)Int128.LeadingZeroCount(Int128.Abs(a))));
        }
    }

    [Fact]
    public void Quotients_and_remainders_are_the_frameworks()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var (a, b) = (Draw(), Draw());
            if (b == 0 || (a == Int128.MinValue && b == -1)) continue;
            (Back(Of(a) / Of(b)), Back(Of(a) % Of(b))).ShouldBe((a / b, a % b));
        }

        Should.Throw<DivideByZeroException>(() => Of(1) / 0);
        (Back((WideInt)long.MinValue / -1), Back((WideInt)long.MinValue % -1)).ShouldBe((-(Int128)long.MinValue, 0));
    }

    [Fact]
    public void Conversions_are_the_frameworks()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var a = Draw();
            var x = Of(a);
            ((double)x, (BigInteger)x, x.ToString()).ShouldBe(((double)a, a, a.ToString()));
            (x.IsLong, (long)x, (ulong)x).ShouldBe((a >= long.MinValue && a <= long.MaxValue, unchecked((long)a), unchecked((ulong)a)));
            Back((WideInt)(BigInteger)a).ShouldBe(a);
            Back((WideInt)(double)a).ShouldBe((Int128)(double)a);
            if (Int128.Abs(a >> 1) < (Int128)decimal.MaxValue / 2) (Back((WideInt)((decimal)a / 10)), (decimal)x).ShouldBe(((Int128)((decimal)a / 10), (decimal)a));
        }

        Should.Throw<OverflowException>(() => (decimal)WideInt.MaxValue);
        Should.Throw<OverflowException>(() => (WideInt)(BigInteger.Pow(2, 127)));
    }

    private static WideInt Of(Int128 value) => new((long)(value >> 64), (ulong)value);

    private static Int128 Back(WideInt value) => value.ToInt128();

    // Of all sizes and both signs, the ends of 64 and 128 bits among them.
    private Int128 Draw() => random.Next(12) switch
    {
        0 => random.Next(-2, 3),
        1 => (Int128)long.MaxValue + random.Next(-2, 3),
        2 => (Int128)long.MinValue + random.Next(-2, 3),
        3 => random.Next(2) == 0 ? Int128.MinValue : Int128.MaxValue,
        _ => (Int128)new UInt128((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64(long.MinValue, long.MaxValue)) >> random.Next(0, 127),
    };
}
