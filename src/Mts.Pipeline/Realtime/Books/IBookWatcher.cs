using Mts.Core.Books;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime.Books;

/// <summary>Hears of every change of one book, at the moment of the change.</summary>
internal interface IBookWatcher
{
    /// <summary>A snapshot was installed or a change applied; the state is already right.</summary>
    /// <param name="keeper">The book.</param>
    /// <param name="received">When that came which made it known: of a change that was held back, the snapshot.</param>
    void OnBook(BookKeeper keeper, Timestamp received);

    /// <summary>The state has changed.</summary>
    /// <param name="keeper">Its state is the new one.</param>
    /// <param name="from">The state before.</param>
    /// <param name="cause">Why, in a word or two.</param>
    /// <param name="now">When.</param>
    void OnState(BookKeeper keeper, BookState from, string cause, Timestamp now);

    /// <summary>Something is missing or wrong from here on.</summary>
    void OnBroken(BookKeeper keeper, string cause, long? lastId, long? nextId, Timestamp now);

    /// <summary>The book is whole again.</summary>
    void OnRepaired(BookKeeper keeper, Timestamp now);

    /// <summary>The book was silent, and the venue has it just so: nothing is missing.</summary>
    void OnQuiet(BookKeeper keeper, Timestamp now);

    /// <summary>The book was silent, and the venue has gone on: its stream is mute.</summary>
    void OnMuted(BookKeeper keeper, Timestamp now);

    /// <summary>A new snapshot is needed: fetched, or by subscribing anew where the stream brings it.</summary>
    void OnWantsSnapshot(BookKeeper keeper, Timestamp now);
}
