using System.Text.Json;
using Mts.Core;
using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Storage.Cache.Live;

/// <summary>
/// What the live pipeline writes through to cache and listeners. Handing in never waits for the cache: one task writes. While the cache is away the newest
/// value of every key waits for it, of everything else as much as is allowed; when it is back, or has lost what it held, the newest values are written again.
/// </summary>
/// <param name="cache">Where values go.</param>
/// <param name="events">Where they are told.</param>
/// <param name="options">What is kept, and how long.</param>
/// <param name="clock">For lifetimes and waits.</param>
/// <param name="note">Told once when the cache is lost and once when it is back, from the writing task.</param>
public sealed class MarketCache(ICache cache, IEvents events, MarketCacheOptions options, TimeProvider clock, Action<string>? note = null)
{
    private readonly Backlog backlog = new(options.MaxKeys, options.MaxWaiting, clock);
    private readonly Pace books = new(options.BookInterval);
    private readonly Pace keptBooks = new(options.BookInterval);
    private readonly Pace fundings = new(options.FundingInterval);
    private readonly WriterGate gate = new(clock);
    private readonly CacheCheck check = new(cache, CacheKeys.Mark(options.Writer));
    private long accepted;
    private long throttled;
    private long written;
    private long published;
    private long failures;
    private volatile string? lastFailure;

    public MarketCacheState State => new(
        lastFailure is null, lastFailure, Interlocked.Read(ref accepted), Interlocked.Read(ref written), Interlocked.Read(ref published), backlog.Conflated,
        Interlocked.Read(ref throttled), backlog.Dropped, backlog.Repaired, Interlocked.Read(ref failures), backlog.Waiting);

    /// <summary>Whether a book at <paramref name="time"/> would be taken now, to be asked before one is put together; allocates nothing.</summary>
    public bool IsBookDue(string venue, Symbol symbol, BookState state, Timestamp time) => books.IsDue(venue, symbol, time, (int)state);

    /// <summary>Takes a book, unless one of the same state was taken less than the interval before; under the key of its moment one stays per interval, whatever its state.</summary>
    public void Put(BookEntry book)
    {
        if (!IsBookDue(book.Venue, book.Symbol, book.State, book.Time))
        {
            Interlocked.Increment(ref throttled);
            return;
        }

        books.Keep(book.Venue, book.Symbol, book.Time, (int)book.State);
        var isKept = keptBooks.IsDue(book.Venue, book.Symbol, book.Time);
        if (isKept) keptBooks.Keep(book.Venue, book.Symbol, book.Time);
        var depth = options.BookDepth;
        backlog.Put(Value(CacheKeys.Book(book.Venue, book.Symbol), book.Time, options.BookLifetime, w => LiveJson.Write(w, book, depth)), isKept, isTold: true);
        Accept();
    }

    /// <summary>Takes a quote of funding; under the key of its moment one stays per interval.</summary>
    public void Put(FundingEntry funding)
    {
        var isKept = fundings.IsDue(funding.Venue, funding.Symbol, funding.Time);
        if (isKept) fundings.Keep(funding.Venue, funding.Symbol, funding.Time);
        backlog.Put(Value(CacheKeys.Funding(funding.Venue, funding.Symbol), funding.Time, options.FundingLifetime, w => LiveJson.Write(w, funding)), isKept, isTold: true);
        Accept();
    }

    public void Put(Signal signal)
    {
        var value = Value(CacheKeys.Signal(signal.Strategy, signal.Asset), signal.Time, options.SignalLifetime, w => LiveJson.Write(w, signal));
        backlog.Put(value, isKept: true, isTold: false);
        // Every signal is told, not only the newest.
        PutEvent(value with { Key = CacheKeys.Channel(value.Key) });
    }

    public void Put(SessionEntry session)
    {
        backlog.Put(Value(CacheKeys.Session(session.Venue, session.Connection), session.Time, options.SessionLifetime, w => LiveJson.Write(w, session)), isKept: false, isTold: false);
        Accept();
    }

    /// <summary>Tells listeners of a price alert; it is no value of the cache.</summary>
    public void Put(PriceAlert alert) => PutEvent(Value(CacheKeys.AlertChannel(alert.Rule), alert.Time, TimeSpan.MaxValue, w => LiveJson.Write(w, alert)));

    /// <summary>Writes until cancelled, then once more what waits if the cache is there.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var encoder = new LiveEncoder(clock);
        while (!cancellationToken.IsCancellationRequested)
        {
            var isDone = await WriteAsync(encoder, cancellationToken);
            await gate.WaitAsync(isDone, options.CheckInterval, cancellationToken);
        }

        if (lastFailure is null) await WriteAsync(encoder, CancellationToken.None);
    }

    /// <summary>Looks after the cache when that is due, and writes all that waits.</summary>
    /// <returns>False where the cache failed.</returns>
    internal async Task<bool> WriteAsync(LiveEncoder encoder, CancellationToken cancellationToken)
    {
        var batch = LiveBatch.Empty;
        try
        {
            while (true)
            {
                if (gate.TakeCheck(options.CheckInterval)) await check.RunAsync(backlog, cancellationToken);
                batch = backlog.Take();
                if (batch.IsEmpty && !check.IsMarkDue) return true;
                await WriteAsync(encoder.Encode(batch), cancellationToken);
                batch = LiveBatch.Empty;
                Note(null);
            }
        }
        catch (MtsException failure)
        {
            GiveBack(batch);
            Interlocked.Increment(ref failures);
            Note(failure.Message);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            GiveBack(batch);
            return true;
        }
    }

    private void GiveBack(LiveBatch batch)
    {
        backlog.GiveBack(batch);
        check.OnFailure();
        gate.CheckSoon();
    }

    private async Task WriteAsync((List<CacheEntry> Entries, List<EventMessage> Messages) batch, CancellationToken cancellationToken)
    {
        var count = batch.Entries.Count;
        // Last, so that a server which lost the end of what it was told has lost this as well.
        batch.Entries.Add(check.NextMark());
        await cache.SetAsync(batch.Entries, cancellationToken);
        check.OnWritten();
        Interlocked.Add(ref written, count);
        if (batch.Messages.Count == 0) return;
        await events.PublishAsync(batch.Messages, cancellationToken);
        Interlocked.Add(ref published, batch.Messages.Count);
    }

    private void PutEvent(LiveValue value)
    {
        backlog.PutEvent(value);
        Accept();
    }

    private LiveValue Value(string key, Timestamp time, TimeSpan lifetime, Action<Utf8JsonWriter> write)
    {
        var now = clock.GetUtcNow();
        return new(key, time, lifetime == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : now + lifetime, write);
    }

    private void Accept()
    {
        Interlocked.Increment(ref accepted);
        gate.Wake();
    }

    private void Note(string? failure)
    {
        var before = lastFailure;
        lastFailure = failure;
        if (failure is not null && before is null) note?.Invoke($"The cache is away, the newest values wait for it: {failure}");
        else if (failure is null && before is not null) note?.Invoke("The cache is back; the newest values are written again.");
    }
}
