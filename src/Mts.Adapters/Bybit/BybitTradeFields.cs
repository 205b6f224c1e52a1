using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using Mts.Adapters.Wire;

namespace Mts.Adapters.Bybit;

/// <summary>Fields of trades that need a rule.</summary>
internal static class BybitTradeFields
{
    private const int UuidLength = 36;

    /// <summary>A UUID's 128 bits, the first byte highest; on spot a whole number in quotes.</summary>
    public static UInt128 Id(ref FrameView view, int node)
    {
        var text = view.Text(node);
        if (text.Length == UuidLength && Utf8Parser.TryParse(text, out Guid uuid, out var read, 'D') && read == UuidLength)
        {
            Span<byte> bytes = stackalloc byte[16];
            uuid.TryWriteBytes(bytes, bigEndian: true, out _);
            return BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }

        if (UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        view.Fail(FrameProblem.WrongType);
        return default;
    }

    public static bool IsSell(ref FrameView view, int node)
    {
        var side = view.Text(node);
        var isSell = side.SequenceEqual("Sell"u8);
        if (!isSell && !side.SequenceEqual("Buy"u8)) view.Fail(FrameProblem.WrongType);
        return isSell;
    }
}
