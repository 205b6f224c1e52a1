namespace Mts.Core.Books;

/// <summary>Writes down what a book did by what it is after each change: whatever a change was, snapshot or update, the tape has the levels that differ.</summary>
public sealed class TapeWriter
{
    private static readonly NumberScale Unit = new(8, 8);

    private readonly List<TapeEvent> events = [];
    private readonly List<LevelChange> bids = [];
    private readonly List<LevelChange> asks = [];
    private readonly List<LevelChange> next = [];
    private long bidsKnownTo;
    private long asksKnownTo = long.MaxValue;
    private bool isRight;
    private long last = long.MinValue;

    public BookTape Build() => new([.. events]);

    /// <summary>The book is as it should be; nothing is written where it is as it was.</summary>
    /// <param name="time">Unix microseconds; a clock that goes back stands still on the tape.</param>
    /// <param name="book">The book.</param>
    /// <param name="bidFloor">Below it nothing is known of the bids, in the book's scale; null for all known.</param>
    /// <param name="askCeiling">Above it nothing is known of the asks; null for all known.</param>
    /// <exception cref="DataValidationException">A number is finer than 10⁻⁸, or too large for it.</exception>
    public void Right(long time, OrderBook book, long? bidFloor, long? askCeiling)
    {
        var before = events.Count;
        var at = Follow(time);
        var floor = bidFloor is { } f ? Exact(f, book.Scale.PriceDecimals) : 0;
        var ceiling = askCeiling is { } c ? Exact(c, book.Scale.PriceDecimals) : long.MaxValue;
        if (floor != bidsKnownTo) events.Add(new TapeEvent(at, TapeKind.BidsKnownTo, bidsKnownTo = floor));
        if (ceiling != asksKnownTo) events.Add(new TapeEvent(at, TapeKind.AsksKnownTo, asksKnownTo = ceiling));
        // What is known comes first: a level that leaves it is not one that was emptied.
        Differ(at, TapeKind.Bid, book.Bids, book.Scale, bids);
        Differ(at, TapeKind.Ask, book.Asks, book.Scale, asks);
        if (events.Count == before && isRight) return;
        events.Add(new TapeEvent(at, TapeKind.Changed));
        isRight = true;
    }

    /// <summary>The book is not to be believed from now on.</summary>
    public void Wrong(long time)
    {
        if (!isRight) return;
        events.Add(new TapeEvent(Follow(time), TapeKind.Lost));
        isRight = false;
    }

    /// <exception cref="DataValidationException">A number is finer than 10⁻⁸, or too large for it.</exception>
    public void Trade(long time, bool isSell, long price, long size, NumberScale scale) => events.Add(new TapeEvent(
        Follow(time), isSell ? TapeKind.Sold : TapeKind.Bought, Exact(price, scale.PriceDecimals), Exact(size, scale.SizeDecimals)));

    private long Follow(long time) => last = Math.Max(last, time);

    // Both are sorted from the best on; a merge finds what differs.
    private void Differ(long time, TapeKind kind, BookSide side, NumberScale scale, List<LevelChange> known)
    {
        next.Clear();
        for (var rank = 0; rank < side.Count; rank++) next.Add(new LevelChange(Exact(side[rank].Price, scale.PriceDecimals), Exact(side[rank].Size, scale.SizeDecimals)));
        var (i, j, sign) = (0, 0, kind == TapeKind.Bid ? -1 : 1);
        while (i < known.Count || j < next.Count)
        {
            var order = i == known.Count ? 1 : j == next.Count ? -1 : sign * known[i].Price.CompareTo(next[j].Price);
            if (order < 0) events.Add(new TapeEvent(time, kind, known[i++].Price));
            else if (order > 0) Add(next[j++]);
            else if (known[i++] != next[j++]) Add(next[j - 1]);
        }

        known.Clear();
        known.AddRange(next);

        void Add(LevelChange level) => events.Add(new TapeEvent(time, kind, level.Price, level.Size));
    }

    private static long Exact(long units, int decimals) => NumberScale.Convert(units, decimals, Unit.PriceDecimals)
        ?? throw new DataValidationException($"{PlainNumber.ToText(units, decimals)} has more than eight decimals, or is too large for them: fills inside a book reckon in 10⁻⁸.");
}
