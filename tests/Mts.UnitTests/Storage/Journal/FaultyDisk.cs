using Mts.Storage.Files.Journal;

namespace Mts.UnitTests.Storage.Journal;

/// <summary>The disk under the files of one process: calls fail by chance, and when the power goes any part of what was not flushed may be there.</summary>
internal sealed class FaultyDisk(Random random)
{
    private const int Sector = 512;

    private readonly List<FaultyFile> files = [];

    public long Faults { get; private set; }

    /// <summary>How many of the calls fail.</summary>
    public double Share { get; set; }

    public SegmentFile Create(string path)
    {
        if (Fails()) throw new IOException("No space left on device");
        // One whose head could not be written was removed, and its name is taken again.
        files.RemoveAll(f => f.Path == path);
        var file = new FaultyFile(path, this);
        files.Add(file);
        return file;
    }

    /// <summary>The machine loses its power: of what no flush has kept, any sector may be there, in any order, and the watermark is an older one or gone.</summary>
    /// <param name="folder">The files, or a copy of them.</param>
    public void Die(string folder)
    {
        foreach (var file in files) file.Die(Path.Combine(folder, Path.GetFileName(file.Path)));
        if (JournalFolder.ReadWatermark(folder) is not { } durable) return;
        if (random.Next(4) == 0) File.WriteAllBytes(Path.Combine(folder, "durable"), []);
        else if (random.Next(2) == 0) Set(folder, random.NextInt64(durable + 1));
    }

    private static void Set(string folder, long durable)
    {
        using var file = JournalFolder.OpenWatermark(folder);
        JournalFolder.WriteWatermark(file, durable);
    }

    private bool Fails()
    {
        if (random.NextDouble() >= Share) return false;
        Faults++;
        return true;
    }

    private int Next(int below) => random.Next(below);

    private sealed class FaultyFile(string path, FaultyDisk disk) : SegmentFile(path)
    {
        private readonly List<(long From, long Until)> dirty = [];

        public override void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            var most = disk.Fails() ? disk.Next(bytes.Length) : bytes.Length;
            base.Write(bytes[..most], offset);
            dirty.Add((offset, offset + most));
            if (most < bytes.Length) throw new IOException("No space left on device");
        }

        public override void Flush()
        {
            // A flush that fails says nothing of what it has kept, and the next one does not try again: what is dirty stays in doubt.
            if (disk.Fails()) throw new IOException("Input/output error");
            dirty.Clear();
        }

        public void Die(string path)
        {
            if (dirty.Count == 0 || !File.Exists(path)) return;
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var (from, length) = (dirty.Min(d => d.From), file.Length);
            if (from >= length) return;
            switch (disk.Next(3))
            {
                case 0:
                    file.SetLength(from + disk.Next((int)(length - from) + 1));
                    break;
                case 1:
                    file.SetLength(from + disk.Next((int)(length - from) + 1));
                    file.SetLength(length);
                    break;
                default:
                    Scatter(file, from, length);
                    break;
            }
        }

        // Each sector is there or not, whatever became of the others.
        private void Scatter(FileStream file, long from, long length)
        {
            var share = disk.Next(100);
            for (var at = from; at < length;)
            {
                var end = Math.Min(length, ((at / Sector) + 1) * Sector);
                if (disk.Next(100) < share)
                {
                    file.Seek(at, SeekOrigin.Begin);
                    file.Write(new byte[end - at]);
                }

                at = end;
            }
        }
    }
}
