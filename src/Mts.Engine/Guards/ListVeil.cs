using System.Runtime.InteropServices;
using Mts.Core.Market;

namespace Mts.Engine.Guards;

/// <summary>Hides the entries of a list of the run that are not known yet, in place, and puts each back at its time.</summary>
internal sealed class ListVeil<T>
    where T : struct
{
    private readonly IReadOnlyList<T> list;
    private readonly (long Known, int Index, T Value)[] hidden;
    private int next;

    /// <param name="list">An array or a <see cref="List{T}"/>; what is neither stays as it is.</param>
    /// <param name="from">Entries known later are hidden.</param>
    /// <param name="known">When an entry becomes known, Unix microseconds.</param>
    public ListVeil(IReadOnlyList<T> list, Timestamp from, Func<T, long> known)
    {
        this.list = list;
        hidden = Writable.IsEmpty ? [] : [.. list.Select((value, index) => (Known: known(value), Index: index, Value: value)).Where(h => h.Known > from.Micros).OrderBy(h => h.Known)];
    }

    private Span<T> Writable => list switch
    {
        T[] array => array,
        List<T> own => CollectionsMarshal.AsSpan(own),
        _ => [],
    };

    public void Hide(Func<T, int, T> disguise)
    {
        foreach (var (_, index, value) in hidden) Writable[index] = disguise(value, index);
    }

    public void Reveal(long now)
    {
        for (; next < hidden.Length && hidden[next].Known <= now; next++) Writable[hidden[next].Index] = hidden[next].Value;
    }

    public void Restore() => Reveal(long.MaxValue);
}
