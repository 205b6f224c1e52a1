namespace Mts.Storage.Files.Import;

/// <summary>In which order the rows of the files stand.</summary>
/// <param name="Rising">Steps from one row to a later one.</param>
/// <param name="Falling">Steps to an earlier one.</param>
/// <param name="Equal">Steps to the same time.</param>
internal readonly record struct RowOrder(int Rising, int Falling, int Equal)
{
    public bool IsStrictlyRising => Falling == 0 && Equal == 0;

    public string Name => Falling > Rising ? "newest_first" : "oldest_first";

    public int Against => Math.Min(Rising, Falling);

    public static RowOrder Of(ReadOnlySpan<long> times)
    {
        var (rising, falling) = (0, 0);
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] > times[i - 1]) rising++;
            else if (times[i] < times[i - 1]) falling++;
        }

        return new RowOrder(rising, falling, Math.Max(0, times.Length - 1) - rising - falling);
    }

    /// <returns>The rows by time, those of one time as they stand in the files.</returns>
    public static int[] ByTime(ReadOnlySpan<long> times)
    {
        var keys = times.ToArray();
        var rows = new int[keys.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = i;
        Array.Sort(keys, rows);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) end++;
            if (end - start > 1) Array.Sort(rows, start, end - start);
            start = end;
        }

        return rows;
    }
}
