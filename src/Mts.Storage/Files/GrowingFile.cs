namespace Mts.Storage.Files;

/// <summary>A file that is written. Where it may not grow any more, by a limit of the process or of the file system, that is an <see cref="IOException"/> like a full disk.</summary>
/// <remarks>Of EFBIG the runtime makes an <see cref="ArgumentOutOfRangeException"/>, which whoever is prepared for full disks does not expect.</remarks>
internal sealed class GrowingFile(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = 4_096) : FileStream(path, mode, access, share, bufferSize)
{
    // Spans come by here too.
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            throw TooLarge(Name, tooLarge);
        }
    }

    public override void Flush(bool flushToDisk)
    {
        try
        {
            base.Flush(flushToDisk);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            throw TooLarge(Name, tooLarge);
        }
    }

    internal static IOException TooLarge(string path, ArgumentOutOfRangeException tooLarge) =>
        new($"{path} may not grow any more, by a limit of the process or of the file system", tooLarge);

    protected override void Dispose(bool disposing)
    {
        try
        {
            base.Dispose(disposing);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            throw TooLarge(Name, tooLarge);
        }
    }
}
