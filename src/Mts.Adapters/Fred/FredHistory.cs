using System.Security.Cryptography;
using Mts.Core.Ports;

namespace Mts.Adapters.Fred;

/// <summary>FRED's past values with the moment at which each became known.</summary>
public sealed class FredHistory(FredClient client, FredOptions options, TimeProvider clock) : IMacroHistory
{
    // FRED's day is that of Chicago and a later one is refused. Six hours behind UTC all year round is never later than that.
    private static readonly TimeSpan ChicagoBehindUtc = TimeSpan.FromHours(6);
    private static readonly DateOnly BeforeAnyVintage = new(1776, 7, 4);

    public string Source => FredClient.ServiceName;

    public async Task<MacroPage> FetchMacroAsync(MacroSeries series, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var fetch = new Fetch(series, from, until, hash);
        if (options.Vintages) await FetchVintagesAsync(fetch, cancellationToken);
        else await FetchPagesAsync(fetch, shown: null, row => fetch.Add(row, series.KnownTime(row.Day)), cancellationToken);
        return new MacroPage(fetch.Observations, new Provenance(Source, fetch.Received, fetch.Request, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    private async Task FetchVintagesAsync(Fetch fetch, CancellationToken cancellationToken)
    {
        var today = (Timestamp.Now(clock) - ChicagoBehindUtc).Date;
        var dates = await client.VintageDatesAsync(fetch.Series.Id, BeforeAnyVintage, today, cancellationToken);
        if (dates.Count == 0) throw new DataValidationException($"fred: {fetch.Series.Id} has no vintages; set sources.fred.vintages to false.");
        var latest = new Dictionary<DateOnly, double?>();
        // A value cannot be shown before the day that it describes.
        foreach (var span in dates.Where(d => d >= fetch.From || d == dates[0]).Chunk(options.VintagesPerRequest))
            await FetchPagesAsync(fetch, (span[0], span[^1]), Take, cancellationToken);
        fetch.Sort();

        void Take(FredObservation row)
        {
            // Each request begins with what the one before ended with.
            if (latest.TryGetValue(row.Day, out var before) && Nullable.Equals(before, row.Value)) return;
            latest[row.Day] = row.Value;
            fetch.Add(row, KnownTime(fetch.Series, row, dates[0]));
        }
    }

    // The first vintage holds all that was there when FRED began to keep vintages; those values were known long before.
    private static Timestamp KnownTime(MacroSeries series, FredObservation row, DateOnly firstVintage)
    {
        var usual = series.KnownTime(row.Day);
        if (row.ShownFrom <= firstVintage) return usual;
        return Timestamp.FromDate(row.ShownFrom) + (usual - Timestamp.FromDate(usual.Date));
    }

    private async Task FetchPagesAsync(
        Fetch fetch, (DateOnly, DateOnly)? shown, Action<FredObservation> take, CancellationToken cancellationToken)
    {
        var last = DateOnly.MinValue;
        for (var offset = 0; ;)
        {
            var answer = await client.ObservationsAsync(fetch.Series.Id, fetch.From, fetch.Until, shown, offset, cancellationToken);
            var page = FredParser.Observations(answer.Body.Span);
            fetch.Note(answer.Request, answer.Received, answer.Body.Span);
            if (page.Offset != offset || (page.Observations.Count == 0 && offset < page.Count))
                throw new DataValidationException($"fred: {fetch.Series.Id} ends or repeats after {offset} of {page.Count} observations; nothing of it was used.");
            foreach (var row in page.Observations)
            {
                if (row.Day < last || row.Day < fetch.From || row.Day > fetch.Until || (shown is null && row.Day == last))
                    throw new DataValidationException($"fred: {fetch.Series.Id} has {row.Day:yyyy-MM-dd} out of the order or range asked for; nothing of it was used.");
                last = row.Day;
                offset++;
                take(row);
            }

            if (offset >= page.Count) return;
        }
    }

    private sealed class Fetch(MacroSeries series, DateOnly from, DateOnly until, IncrementalHash hash)
    {
        public MacroSeries Series { get; } = series;

        public DateOnly From { get; } = from;

        public DateOnly Until { get; } = until;

        public List<MacroObservation> Observations { get; } = [];

        public string Request { get; private set; } = "";

        public Timestamp Received { get; private set; }

        public void Add(FredObservation row, Timestamp known) => Observations.Add(new MacroObservation(row.Day, row.Value, known));

        public void Note(string request, Timestamp received, ReadOnlySpan<byte> body)
        {
            if (Request.Length == 0) Request = request;
            Received = received;
            hash.AppendData(body);
        }

        public void Sort() => Observations.Sort(static (a, b) => a.Day != b.Day ? a.Day.CompareTo(b.Day) : a.KnownTime.CompareTo(b.KnownTime));
    }
}
