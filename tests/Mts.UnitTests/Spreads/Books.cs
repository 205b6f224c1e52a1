using Mts.Core.Books;

namespace Mts.UnitTests.Spreads;

/// <summary>Books written by hand.</summary>
internal static class Books
{
    public static OrderBook Of((double Price, double Size)[] bids, (double Price, double Size)[] asks)
    {
        var book = new OrderBook(NumberScale.Default);
        book.Replace(Levels(bids), Levels(asks));
        return book;
    }

    public static LevelChange[] Levels(IEnumerable<(double Price, double Size)> levels) =>
        [.. levels.Select(l => new LevelChange((long)Math.Round(l.Price * 1e8), (long)Math.Round(l.Size * 1e8)))];
}
