using System.Text.Json;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Storage.Files.Trades;

/// <summary>freqtrade's lists of trades: <c>[[milliseconds, id, type, side, price, amount, cost], …]</c>.</summary>
internal static class TradeJson
{
    private const int Columns = 7;
    private const int Price = 4;
    private const int Amount = 5;

    /// <exception cref="DataValidationException">The text is cut or no such list.</exception>
    public static void Read(ReadOnlySpan<byte> json, string name, TradeRows rows)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            for (var number = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; number++)
            {
                if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("a list of lists is expected");
                if (!TryRow(ref reader, rows)) rows.Refuse($"entry {number}");
            }
        }
        catch (JsonException e)
        {
            throw new DataValidationException($"{name} is no whole list of trades ([[time, id, type, side, price, amount, cost], …]): {e.Message}", e);
        }
    }

    private static bool TryRow(ref Utf8JsonReader reader, TradeRows rows)
    {
        var (column, time, price, amount, id, isGood) = (0, 0L, 0m, 0m, Array.Empty<byte>(), true);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (column == 1 && reader.TokenType is (JsonTokenType.String or JsonTokenType.Number)) id = reader.ValueSpan.ToArray();
            isGood &= column switch
            {
                0 => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out time),
                Price => reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out price),
                Amount => reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out amount),
                _ => true,
            };
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) throw new JsonException("a trade holds a list or an object");
            column++;
        }

        return isGood && column == Columns && rows.TryAdd(id, new PublicTrade(Timestamp.FromEpoch(time), price, amount));
    }
}
