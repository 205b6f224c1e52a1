using Mts.Core.Feeds;
using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>What something is fetched for.</summary>
internal enum ErrandPurpose
{
    /// <summary>It is missing; asked for until it is there or given up.</summary>
    Repair,

    /// <summary>To compare a book that seems right, or to know it deeper.</summary>
    Audit,

    /// <summary>To tell whether a silent stream has left something out.</summary>
    Check,
}

/// <summary>What a feed fetches of one market and kind: one at a time.</summary>
internal sealed class Errand(int instrument, FetchKind kind)
{
    public int Instrument => instrument;

    public FetchKind Kind => kind;

    public ErrandPurpose Purpose { get; private set; }

    public long? FromId { get; set; }

    /// <summary>What the fetch under way was asked for; another wish may have come since.</summary>
    public long? AskedFromId { get; set; }

    public Timestamp? From { get; set; }

    public Timestamp? AskedFrom { get; set; }

    /// <summary>Until then it lets those of books go first.</summary>
    public Timestamp PatientUntil { get; set; } = Timestamp.MinValue;

    /// <summary>Of a snapshot: how many a side were asked for.</summary>
    public int Levels { get; set; }

    /// <summary>Of the connection whose stream the fetch is to join.</summary>
    public int Epoch { get; set; }

    /// <summary>When it is to be run; null for not.</summary>
    public Timestamp? Due { get; private set; }

    /// <summary>Its number while it is under way.</summary>
    public int? Number { get; set; }

    /// <summary>Whether it is wanted or under way, so that nobody else need ask.</summary>
    public bool IsOnItsWay => Due is not null || Number is not null;

    public Timestamp Asked { get; private set; }

    public int Tries { get; set; }

    public void Want(ErrandPurpose purpose, Timestamp due) => (Purpose, Due) = (purpose, Due is { } earlier ? Timestamp.Earlier(earlier, due) : due);

    public void Done(Timestamp now)
    {
        (Due, Asked) = (null, now);
        Tries++;
    }
}
