using System.Globalization;
using System.Text;
using Mts.Core.Market;

namespace Mts.Storage.Files.Trades;

/// <summary>Takes rows of trades, each id once.</summary>
internal sealed class TradeRows
{
    private readonly List<PublicTrade> trades = [];
    private readonly List<long> numbers = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private bool isRising = true;
    private int duplicates;
    private int refused;
    private string? firstRefused;

    public int Count => trades.Count + duplicates + refused;

    public void Refuse(string where)
    {
        refused++;
        firstRefused ??= where;
    }

    /// <param name="id">Empty where the file has none.</param>
    /// <param name="trade">As read.</param>
    public bool TryAdd(ReadOnlySpan<byte> id, in PublicTrade trade)
    {
        if (trade.Price <= 0 || trade.Quantity <= 0 || trade.Count <= 0) return false;
        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            isRising &= numbers.Count == 0 || number > numbers[^1];
            numbers.Add(number);
        }
        else if (!id.IsEmpty && !names.Add(Encoding.UTF8.GetString(id)))
        {
            duplicates++;
            return true;
        }

        trades.Add(trade);
        return true;
    }

    public TradeFile Finish()
    {
        if (!isRising && numbers.Count == trades.Count) RemoveRepeated();
        var isSorted = true;
        for (var i = 1; i < trades.Count && isSorted; i++) isSorted = trades[i].Time >= trades[i - 1].Time;
        return new TradeFile(isSorted ? trades : [.. trades.OrderBy(t => t.Time)], duplicates, refused, firstRefused, isSorted);
    }

    // Numbers that rise cannot repeat; only a file in which they do not is looked through.
    private void RemoveRepeated()
    {
        var (seen, kept) = (new HashSet<long>(), 0);
        for (var i = 0; i < numbers.Count; i++)
        {
            if (seen.Add(numbers[i])) trades[kept++] = trades[i];
            else duplicates++;
        }

        trades.RemoveRange(kept, trades.Count - kept);
    }
}
