namespace Mts.Storage.Files.Import.Dialects;

/// <summary>Where the values of a bar stand in a row; -1 for a column that there is not.</summary>
/// <param name="Dialect">The dialect's name in reports.</param>
/// <param name="Columns">Fields that every row has.</param>
internal sealed record BarLayout(string Dialect, int Columns)
{
    public int Time { get; init; }

    public int Open { get; init; } = 1;

    public int High { get; init; } = 2;

    public int Low { get; init; } = 3;

    public int Close { get; init; } = 4;

    public int Volume { get; init; } = -1;

    /// <summary>Number of trades; the row that has one wins over one that has none.</summary>
    public int TradeCount { get; init; } = -1;

    /// <summary>A second statement of the time.</summary>
    public int Date { get; init; } = -1;

    public int Symbol { get; init; } = -1;

    public int CloseTime { get; init; } = -1;

    /// <summary>For times in milliseconds since midnight: that midnight, Unix microseconds.</summary>
    public long? Midnight { get; init; }

    public string? Venue { get; init; }

    /// <summary>True for time, open, high, low, close and volume in this order and in front, and nothing else to check them by.</summary>
    public bool IsInOrder =>
        (Time, Open, High, Low, Close, Volume) == (0, 1, 2, 3, 4, 5) && Date < 0 && Symbol < 0 && Midnight is null && TradeCount is -1 or > 5;
}
