namespace Mts.Engine.Execution.Queues;

/// <summary>Where an order that rests stands at its price; all in 10⁻⁸ base units.</summary>
internal sealed class QueuePlace(QueueModel model)
{
    /// <summary>What must trade before the order does; null where the book does not reach so far.</summary>
    public long? Ahead { get; private set; }

    /// <summary>The same when it joined, or when its price first came to be known.</summary>
    public long? AtEntry { get; private set; }

    /// <summary>How often the place was lost with the book.</summary>
    public int Losses { get; private set; }

    /// <summary>Behind all that is shown.</summary>
    public void Join(long? shown) => AtEntry = Ahead = shown;

    /// <summary>What happened meanwhile is not known: behind all that is shown, once more.</summary>
    public void Lose(long? shown)
    {
        Ahead = shown;
        AtEntry ??= shown;
        Losses++;
    }

    /// <summary>The price is one of which all is known: there is no more ahead than is shown.</summary>
    public void Show(long shown)
    {
        Ahead = Math.Min(Ahead ?? shown, shown);
        AtEntry ??= Ahead;
    }

    /// <summary>The level is stated anew.</summary>
    /// <param name="before">What it showed.</param>
    /// <param name="after">What it shows.</param>
    /// <param name="traded">What traded there in between; what is gone beyond that was cancelled.</param>
    /// <param name="least">What is ahead of an own order that joined before; nobody is overtaken.</param>
    public void Restate(long before, long after, long traded, long least)
    {
        if (Ahead is { } ahead)
        {
            var left = Math.Max(0, before - traded);
            if (left > after) ahead -= model.Ahead(left - after, Math.Min(ahead, left), Math.Max(0, left - ahead));
            Ahead = Math.Min(Math.Max(ahead, least), after);
        }

        Show(after);
    }

    /// <summary>A trade at the price.</summary>
    /// <param name="traded">What own orders before have left of it.</param>
    /// <returns>What comes to this order.</returns>
    public long Serve(long traded)
    {
        if (Ahead is not { } ahead) return 0;
        var served = Math.Min(ahead, traded);
        Ahead = ahead - served;
        return traded - served;
    }

    /// <summary>A trade beyond the price: all that was ahead is gone.</summary>
    public void Pass() => Ahead = 0;
}
