using System.Buffers;
using System.Text.Json;
using Mts.Core.Books;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>
/// Writes one JSON line for each snapshot installed and each change applied, so that anyone can hold our books against his own: state, id,
/// best prices, and the fingerprint of the best twenty levels (<see cref="BookHash"/>).
/// </summary>
/// <param name="target">Written at the end of each batch; the caller disposes it.</param>
public sealed class BookJournal(Stream target) : QuietTap, IDisposable
{
    private const int Batch = 1 << 16;

    private readonly ArrayBufferWriter<byte> lines = new(Batch + 1024);
    private Utf8JsonWriter? json;

    public override void OnBook(FollowedMarket market, Timestamp received)
    {
        var keeper = market.Book;
        json ??= new Utf8JsonWriter(lines);
        json.Reset(lines);
        json.WriteStartObject();
        json.WriteString("venue"u8, market.Venue);
        json.WriteString("symbol"u8, market.SymbolText);
        json.WriteString("channel"u8, "depth"u8);
        json.WriteNumber("epoch"u8, keeper.Epoch);
        json.WriteString("state"u8, keeper.State.ToText());
        json.WriteNumber("id"u8, keeper.LastId);
        WriteBest("bid"u8, "bid_size"u8, keeper.Book.Bids, keeper.Book.Scale);
        WriteBest("ask"u8, "ask_size"u8, keeper.Book.Asks, keeper.Book.Scale);
        WriteHash(keeper.Book);
        json.WriteEndObject();
        json.Flush();
        lines.Write("\n"u8);
        if (lines.WrittenCount >= Batch) Flush();
    }

    /// <summary>Hands everything written so far to the target.</summary>
    public void Flush()
    {
        target.Write(lines.WrittenSpan);
        target.Flush();
        lines.ResetWrittenCount();
    }

    public void Dispose()
    {
        Flush();
        json?.Dispose();
    }

    private void WriteBest(ReadOnlySpan<byte> priceName, ReadOnlySpan<byte> sizeName, BookSide side, NumberScale scale)
    {
        if (side.Count == 0)
        {
            json!.WriteNull(priceName);
            json.WriteNull(sizeName);
            return;
        }

        Span<byte> text = stackalloc byte[PlainNumber.MaxLength];
        json!.WriteString(priceName, text[..PlainNumber.Write(side.BestPrice, scale.PriceDecimals, text)]);
        json.WriteString(sizeName, text[..PlainNumber.Write(side.BestSize, scale.SizeDecimals, text)]);
    }

    private void WriteHash(OrderBook book)
    {
        Span<byte> hash = stackalloc byte[32];
        Span<byte> hex = stackalloc byte[64];
        BookHash.Write(book, hash);
        Convert.TryToHexStringLower(hash, hex, out _);
        json!.WriteString("hash"u8, hex);
    }
}
