using System.Security.Cryptography;
using System.Text;

namespace Mts.Core.Books;

/// <summary>
/// The fingerprint of a book: SHA-256 over the best 20 levels a side as <c>price:size</c> joined by <c>,</c>, bids best first, then
/// <c>|</c>, then asks best first, numbers in plain decimals without trailing zeros. Anyone can compute it from a book of his own.
/// </summary>
public static class BookHash
{
    public const int Levels = 20;

    private const int MaxText = ((2 * Levels) * ((2 * PlainNumber.MaxLength) + 2)) + 1;

    /// <param name="book">The book.</param>
    /// <param name="target">32 bytes.</param>
    public static void Write(OrderBook book, Span<byte> target)
    {
        Span<byte> text = stackalloc byte[MaxText];
        SHA256.HashData(text[..WriteText(book, text)], target);
    }

    /// <summary>Lower-case hex.</summary>
    public static string Of(OrderBook book)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Write(book, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The text that is hashed.</summary>
    public static string Text(OrderBook book)
    {
        Span<byte> text = stackalloc byte[MaxText];
        return Encoding.ASCII.GetString(text[..WriteText(book, text)]);
    }

    private static int WriteText(OrderBook book, Span<byte> text)
    {
        var length = WriteSide(book.Bids, book.Scale, text);
        text[length++] = (byte)'|';
        return length + WriteSide(book.Asks, book.Scale, text[length..]);
    }

    private static int WriteSide(BookSide side, NumberScale scale, Span<byte> text)
    {
        var length = 0;
        for (var rank = 0; rank < Math.Min(Levels, side.Count); rank++)
        {
            if (rank > 0) text[length++] = (byte)',';
            var level = side[rank];
            length += PlainNumber.Write(level.Price, scale.PriceDecimals, text[length..]);
            text[length++] = (byte)':';
            length += PlainNumber.Write(level.Size, scale.SizeDecimals, text[length..]);
        }

        return length;
    }
}
