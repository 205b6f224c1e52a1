using System.Runtime.InteropServices;

namespace Mts.Storage.Files.Recordings;

/// <summary>The system's libzstd, where there is one.</summary>
internal sealed unsafe class ZstdLibrary
{
    private static readonly string[] Names = ["libzstd.so.1", "libzstd.1.dylib", "libzstd", "zstd"];
    private static readonly Lazy<ZstdLibrary?> Loaded = new(() => Names.Select(n => NativeLibrary.TryLoad(n, out var handle) ? handle : 0).FirstOrDefault(h => h != 0) is var found and not 0 ? new ZstdLibrary(found) : null);

    private readonly delegate* unmanaged<nint> create;
    private readonly delegate* unmanaged<nint, nuint> free;
    private readonly delegate* unmanaged<nint, Buffer*, Buffer*, nuint> decompress;
    private readonly delegate* unmanaged<nuint, uint> isError;
    private readonly delegate* unmanaged<nuint, byte*> errorName;

    private ZstdLibrary(nint library)
    {
        create = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "ZSTD_createDStream");
        free = (delegate* unmanaged<nint, nuint>)NativeLibrary.GetExport(library, "ZSTD_freeDStream");
        decompress = (delegate* unmanaged<nint, Buffer*, Buffer*, nuint>)NativeLibrary.GetExport(library, "ZSTD_decompressStream");
        isError = (delegate* unmanaged<nuint, uint>)NativeLibrary.GetExport(library, "ZSTD_isError");
        errorName = (delegate* unmanaged<nuint, byte*>)NativeLibrary.GetExport(library, "ZSTD_getErrorName");
    }

    /// <returns>Null where the system has none.</returns>
    public static ZstdLibrary? Load() => Loaded.Value;

    public nint Create() => create();

    public void Free(nint stream) => _ = free(stream);

    /// <returns>0 where a frame has ended.</returns>
    /// <exception cref="InvalidDataException">The data is damaged.</exception>
    public nuint Decompress(nint stream, ReadOnlySpan<byte> packed, out int taken, Span<byte> room, out int made)
    {
        fixed (byte* source = packed)
        fixed (byte* target = room)
        {
            var from = new Buffer { Start = source, Length = (nuint)packed.Length };
            var to = new Buffer { Start = target, Length = (nuint)room.Length };
            var left = decompress(stream, &to, &from);
            if (isError(left) != 0) throw new InvalidDataException($"zstd says '{Marshal.PtrToStringUTF8((nint)errorName(left))}'");
            (taken, made) = ((int)from.Position, (int)to.Position);
            return left;
        }
    }

    // ZSTD_inBuffer and ZSTD_outBuffer are alike.
    [StructLayout(LayoutKind.Sequential)]
    private struct Buffer
    {
        public byte* Start;
        public nuint Length;
        public nuint Position;
    }
}

internal sealed class ZstdPackedText(string path, FileStream file, ZstdLibrary library) : PackedText(path)
{
    private readonly nint stream = library.Create();
    private readonly byte[] packed = new byte[1 << 17];
    private int start;
    private int end;
    private bool isWithinFrame;
    private bool isDisposed;

    protected override int ReadSome(Span<byte> buffer)
    {
        while (true)
        {
            if (start == end) (start, end) = (0, file.Read(packed));
            var left = library.Decompress(stream, packed.AsSpan(start, end - start), out var taken, buffer, out var made);
            // What the library still holds comes out without more being put in; at a frame's end it asks for the next head.
            if (taken > 0 || made > 0) isWithinFrame = left != 0;
            start += taken;
            if (made > 0 || buffer.IsEmpty) return made;
            if (end > 0) continue;
            return isWithinFrame ? throw new InvalidDataException("the zstd data ends too early") : 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (isDisposed) return;
        isDisposed = true;
        library.Free(stream);
        file.Dispose();
    }
}
