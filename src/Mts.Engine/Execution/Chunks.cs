namespace Mts.Engine.Execution;

/// <summary>A list that grows by chunks: what is in it is never copied, and no array is as large as the runtime keeps apart from the small ones.</summary>
internal sealed class Chunks<T>
    where T : struct
{
    private const int Length = 256;
    private readonly List<T[]> chunks = [];

    public int Count { get; private set; }

    public ref readonly T this[int index] => ref chunks[index / Length][index % Length];

    /// <summary>There is one at least.</summary>
    public ref readonly T Last => ref this[Count - 1];

    public void Add(in T value)
    {
        if (Count % Length == 0) chunks.Add(new T[Length]);
        chunks[^1][Count++ % Length] = value;
    }
}
