using System.Globalization;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>How the feeds are, as one line: books by state, messages a second, open gaps, and how far behind the venue's time the slowest book is.</summary>
/// <param name="start">From where the first rate is measured.</param>
internal sealed class LiveHealth(Timestamp start)
{
    private (long Received, Timestamp At) before = (0, start);

    /// <summary>The feeds must stand still meanwhile.</summary>
    public string Line(IReadOnlyList<VenueFeed> feeds, Timestamp now)
    {
        var markets = feeds.SelectMany(f => f.Markets).ToList();
        var states = markets.GroupBy(m => m.Book.State).OrderBy(g => g.Key).Select(g => $"{g.Key.ToText()}={g.Count()}");
        var received = markets.Sum(m => m.Received);
        // Feeds that were begun again count anew.
        var rate = now > before.At && received >= before.Received ? (received - before.Received) / (now - before.At).TotalSeconds : (double?)null;
        before = (received, now);
        var lag = markets.Where(m => m.Book is { State: BookState.Valid, Time: not null }).Select(m => (double?)(m.Book.Updated - m.Book.Time!.Value).TotalMilliseconds).Max();
        return string.Create(CultureInfo.InvariantCulture, $"health markets={markets.Count} {string.Join(' ', states)} rate={Text(rate)}/s gaps={feeds.Sum(f => f.OpenGaps.Count)} lag_ms={Text(lag)}");
    }

    private static string Text(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "n/a";
}
