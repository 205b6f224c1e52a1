namespace Mts.Storage.Cache.Live;

/// <summary>First in, first out; when it is full the oldest goes and is counted.</summary>
internal sealed class BoundedQueue(int capacity)
{
    private readonly LinkedList<LiveValue> values = new();

    public int Count => values.Count;

    public long Dropped { get; private set; }

    public void Add(LiveValue value)
    {
        values.AddLast(value);
        if (values.Count <= capacity) return;
        values.RemoveFirst();
        Dropped++;
    }

    public IReadOnlyList<LiveValue> Take(int most)
    {
        var taken = new List<LiveValue>(Math.Min(most, values.Count));
        while (taken.Count < most && values.First is { } first)
        {
            taken.Add(first.Value);
            values.RemoveFirst();
        }

        return taken;
    }

    /// <summary>Puts what was taken back in front, as far as there is room; the oldest find none first.</summary>
    public void GiveBack(IReadOnlyList<LiveValue> taken)
    {
        for (var i = taken.Count - 1; i >= 0; i--)
        {
            if (values.Count < capacity) values.AddFirst(taken[i]);
            else Dropped++;
        }
    }
}
