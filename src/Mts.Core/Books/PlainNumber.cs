using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Mts.Core.Books;

/// <summary>Whole numbers of a scale as plain decimals without trailing zeros: <c>0.1</c>, <c>43000</c>, <c>0</c>.</summary>
public static class PlainNumber
{
    /// <summary>Longest text: sign, point and nineteen digits.</summary>
    public const int MaxLength = 24;

    /// <returns>Bytes written; <paramref name="target"/> holds at least <see cref="MaxLength"/>.</returns>
    public static int Write(long units, int decimals, Span<byte> target)
    {
        while (decimals > 0 && units % 10 == 0)
        {
            units /= 10;
            decimals--;
        }

        var sign = units < 0 ? 1 : 0;
        if (sign == 1) target[0] = (byte)'-';
        var magnitude = units < 0 ? (ulong)-(units + 1) + 1 : (ulong)units;
        var point = (ulong)NumberScale.Power(decimals);
        Utf8Formatter.TryFormat(magnitude / point, target[sign..], out var length);
        length += sign;
        if (decimals == 0) return length;
        target[length++] = (byte)'.';
        Utf8Formatter.TryFormat(magnitude % point, target[length..], out var digits, new StandardFormat('D', (byte)decimals));
        return length + digits;
    }

    public static string ToText(long units, int decimals)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Write(units, decimals, text)]);
    }
}
