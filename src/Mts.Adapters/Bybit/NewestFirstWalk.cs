using System.Runtime.CompilerServices;
using Mts.Adapters.Http;

namespace Mts.Adapters.Bybit;

/// <summary>Walks a range forward over an endpoint that answers with the newest rows of the window it is asked for.</summary>
/// <remarks>A full answer may hide older rows of its window, so the window is narrowed until the answer is whole; an empty one widens it, which
/// crosses the years before a listing in a few requests.</remarks>
internal static class NewestFirstWalk
{
    public delegate Task<(List<T> Rows, ServiceResponse Answer)> Ask<T>(Timestamp from, Timestamp until, CancellationToken cancellationToken);

    /// <param name="from">Start of the range.</param>
    /// <param name="until">Its end, exclusive.</param>
    /// <param name="limit">Most rows that one answer holds.</param>
    /// <param name="closest">No two rows are closer than this, so a window of <paramref name="limit"/> times it is never cut.</param>
    /// <param name="ask">Asks for one window; rows oldest first.</param>
    /// <param name="cancellationToken">Stops the walk between requests.</param>
    public static async IAsyncEnumerable<(List<T> Rows, ServiceResponse Answer)> RunAsync<T>(
        Timestamp from, Timestamp until, int limit, TimeSpan closest, Ask<T> ask, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var narrowest = closest * limit;
        var width = narrowest;
        while (from < until)
        {
            var end = until - from > width ? from + width : until;
            var (rows, answer) = await ask(from, end, cancellationToken);
            if (rows.Count >= limit && width > narrowest)
            {
                width = Half(width, narrowest);
                continue;
            }

            if (rows.Count > 0) yield return (rows, answer);
            if (rows.Count * 4 <= limit && width < until - from) width *= 2;
            from = end;
        }
    }

    private static TimeSpan Half(TimeSpan width, TimeSpan narrowest) => width / 2 > narrowest ? width / 2 : narrowest;
}
