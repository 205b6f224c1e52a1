namespace Mts.Storage.Files;

/// <summary>A file of lines that several processes add to.</summary>
internal static class AppendedFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Opens it for this process alone, behind its last whole line; what a crash has left of a line is cut away.</summary>
    /// <param name="path">Made where it is missing, its folder too.</param>
    /// <param name="clock">Measures how long another process holds it: mostly the milliseconds of one line.</param>
    /// <exception cref="IOException">Another process holds it for five seconds, or it cannot be written.</exception>
    public static FileStream Open(string path, TimeProvider clock)
    {
        var file = OpenWhole(path, clock);
        file.Position = WholeLength(file);
        file.SetLength(file.Position);
        return file;
    }

    private static FileStream OpenWhole(string path, TimeProvider clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var started = clock.GetTimestamp();
        var wait = new SpinWait();
        while (true)
        {
            try
            {
                return new GrowingFile(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException held) when (HeldFile.IsHeld(held) && clock.GetElapsedTime(started) < Patience)
            {
                wait.SpinOnce();
            }
        }
    }

    /// <returns>The length up to the end of the last whole line.</returns>
    private static long WholeLength(FileStream file)
    {
        Span<byte> one = stackalloc byte[1];
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            file.ReadExactly(one);
            if (one[0] == '\n') return end;
        }

        return 0;
    }
}
