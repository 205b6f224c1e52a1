namespace Mts.Simulator.Live;

/// <summary>
/// The latest changes of a book, and the book as it was before them, so that the truth at any update id among them can be asked.
/// </summary>
/// <param name="capacity">Changes kept, a power of two.</param>
internal sealed class ChangeLog(int capacity)
{
    private readonly Change[] ring = new Change[capacity];
    private readonly LiveBook oldest = new();
    private readonly LiveBook cursor = new();
    private long first;
    private long at = -1;
    private long idBefore;

    /// <summary>Number of changes ever written; the next one gets this position.</summary>
    public long End { get; private set; }

    /// <summary>Forgets all and starts from a book.</summary>
    public void Start(LiveBook book, long id)
    {
        (first, End, at, idBefore) = (0, 0, -1, id);
        oldest.CopyFrom(book);
    }

    public void Add(in Change change)
    {
        if (End - first == capacity)
        {
            ref var leaving = ref ring[first & (capacity - 1)];
            oldest.Apply(leaving);
            idBefore = leaving.Id;
            first++;
        }

        ring[End & (capacity - 1)] = change;
        End++;
    }

    /// <exception cref="InvalidOperationException">The change has left the log.</exception>
    public ref readonly Change this[long position]
    {
        get
        {
            if (position < first || position >= End) throw new InvalidOperationException($"change {position} is not in the log, which holds {first} to {End - 1}; raise the history of the live options.");
            return ref ring[position & (capacity - 1)];
        }
    }

    /// <summary>The id of the change so many before the latest, or of the oldest state that is known.</summary>
    public long IdBack(int changes) => End - changes - 1 >= first ? this[End - changes - 1].Id : idBefore;

    /// <summary>The book after every change with an id up to <paramref name="id"/>, valid until the next call; null where the log no longer knows it.</summary>
    public LiveBook? At(long id)
    {
        if (id < idBefore) return null;
        if (at < first || (at > first && this[at - 1].Id > id))
        {
            cursor.CopyFrom(oldest);
            at = first;
        }

        for (; at < End && this[at].Id <= id; at++) cursor.Apply(this[at]);
        return cursor;
    }

    /// <summary>When the first change after an id was made; null where there is none yet, or where the log no longer knows it.</summary>
    public long? MicrosAfter(long id) => At(id) is not null && at < End ? this[at].Micros : null;
}
