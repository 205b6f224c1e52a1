namespace Mts.Simulator.Model;

/// <summary>The length of a candle as the exchanges count it: a fixed time, or a calendar month.</summary>
/// <param name="Ms">Milliseconds; 0 for a month.</param>
/// <param name="Shift">Milliseconds by which the grid is moved: weeks open on Monday, other time zones move days.</param>
internal readonly record struct Span(long Ms, long Shift = 0)
{
    // 1970-01-01 was a Thursday.
    private const long MondayShift = 4 * Clock.Day;

    public static readonly Span Month = new(0);

    public static Span Week => new(7 * Clock.Day, MondayShift);

    /// <summary>Reads Binance's names; case counts, as 1m is a minute and 1M a month.</summary>
    public static Span? Parse(string? name) => name switch
    {
        "1s" => new Span(Clock.Second),
        "1m" or "3m" or "5m" => new Span((name[0] - '0') * Clock.Minute),
        "15m" or "30m" => new Span(int.Parse(name.AsSpan(0, 2)) * Clock.Minute),
        "1h" or "2h" or "4h" or "6h" or "8h" => new Span((name[0] - '0') * Clock.Hour),
        "12h" => new Span(12 * Clock.Hour),
        "1d" => new Span(Clock.Day),
        "3d" => new Span(3 * Clock.Day),
        "1w" => Week,
        "1M" => Month,
        _ => null,
    };

    public long Floor(long ms)
    {
        if (Ms == 0)
        {
            var date = DateTimeOffset.FromUnixTimeMilliseconds(ms - Shift);
            return new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() + Shift;
        }

        return (Clock.FloorDiv(ms - Shift, Ms) * Ms) + Shift;
    }

    public long Ceiling(long ms) => Floor(ms) is var floor && floor == ms ? ms : Next(floor);

    public long Next(long open) => Ms == 0 ? DateTimeOffset.FromUnixTimeMilliseconds(open - Shift).AddMonths(1).ToUnixTimeMilliseconds() + Shift : open + Ms;

    public long Previous(long open) => Ms == 0 ? DateTimeOffset.FromUnixTimeMilliseconds(open - Shift).AddMonths(-1).ToUnixTimeMilliseconds() + Shift : open - Ms;
}
