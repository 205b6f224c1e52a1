namespace Mts.UnitTests;

internal static class Allocated
{
    /// <summary>
    /// Bytes that the work allocates on this thread: the least of up to ten rounds. A collection that another test causes takes
    /// this thread's allocation buffer away and counts the unused rest of its 8 KB as allocated, which is none of the work's doing;
    /// what the work allocates itself is in every round.
    /// </summary>
    public static long By(Action work)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 10 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
