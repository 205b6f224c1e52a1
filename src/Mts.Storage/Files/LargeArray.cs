using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mts.Storage.Files;

/// <summary>Arrays of some megabytes that are about to be filled. Asks Linux for large pages, so that it is not called for each 4 KB of them; elsewhere, and where it does not grant them, they are arrays like any other.</summary>
internal static partial class LargeArray
{
    private const int FewestBytes = 4 << 20;
    private const int MadvHugePage = 14; // madvise(2)

    /// <summary>With whatever was in that memory before.</summary>
    public static T[] Allocate<T>(int length)
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(length);
        if ((long)length * Unsafe.SizeOf<T>() >= FewestBytes && OperatingSystem.IsLinux()) AskForLargePages(MemoryMarshal.AsBytes(array.AsSpan()));
        return array;
    }

    private static unsafe void AskForLargePages(Span<byte> bytes)
    {
        var page = (nuint)Environment.SystemPageSize;
        fixed (byte* start = bytes)
        {
            var from = ((nuint)start + page - 1) / page * page;
            var until = ((nuint)start + (nuint)bytes.Length) / page * page;
            if (until > from) _ = Advise((void*)from, until - from, MadvHugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static unsafe partial int Advise(void* start, nuint length, int advice);
}
