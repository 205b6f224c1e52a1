namespace Mts.UnitTests.Storage;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
/// <param name="inMemory">True where the system has such a place, for tests with a disk of their own and thousands of flushes.</param>
internal sealed class TempFolder(bool inMemory = false) : IDisposable
{
    private const string Memory = "/dev/shm";
    private static int count;

    private readonly DirectoryInfo folder = inMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"mts-test-{Environment.ProcessId}-{Interlocked.Increment(ref count)}"))
        : Directory.CreateTempSubdirectory("mts-test-");

    public string Path => folder.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => folder.Delete(recursive: true);
}
