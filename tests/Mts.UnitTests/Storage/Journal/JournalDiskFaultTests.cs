using System.Text;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Storage.Files.Journal;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Storage.Journal;

/// <summary>
/// The journal on a disk that fails by seed: writes that stop half way, no space, flushes that fail and drop what they should have kept, and a
/// machine that dies and keeps of what was not flushed what it likes.
/// </summary>
public sealed class JournalDiskFaultTests(ITestOutputHelper output) : IDisposable
{
    private const int Worlds = 150;
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Whatever_was_acknowledged_is_there_once_and_in_order_after_any_fault_and_any_death()
    {
        var (faults, deaths, cut, records) = (0L, 0L, 0L, 0L);
        for (var seed = 0; seed < Worlds; seed++)
        {
            var path = Directory.CreateDirectory(Path.Combine(folder.Path, $"{seed}", "journal", "feed")).FullName;
            var random = new Random(seed);
            var next = 1L;
            for (var life = 0; life < 3; life++)
            {
                var recovery = JournalRecovery.Of(path);
                recovery.Damage.ShouldBeNull($"seed {seed}, life {life}");
                recovery.LastSequence.ShouldBe(next - 1);
                var disk = new FaultyDisk(random);
                var acknowledged = Live(path, disk, random, next);
                faults += disk.Faults;
                if (random.Next(4) > 0)
                {
                    disk.Die();
                    deaths++;
                }

                var found = JournalRecovery.Of(path);
                (next, cut) = (found.LastSequence + 1, cut + found.CutBytes);
                (next - 1).ShouldBeGreaterThanOrEqualTo(acknowledged, $"seed {seed}, life {life}: what was acknowledged is lost");
                Numbers(path).ShouldBe(Enumerable.Range(1, (int)next - 1).Select(i => (long)i), $"seed {seed}, life {life}");
            }

            var check = JournalCheck.Run(Path.Combine(folder.Path, $"{seed}"), CancellationToken.None);
            check.Findings.ShouldBeEmpty($"seed {seed}");
            records += check.Inputs;
        }

        output.WriteLine($"{records} records, {faults} failed writes and flushes, {deaths} deaths, {cut} bytes cut off");
        faults.ShouldBeGreaterThan(Worlds);
        cut.ShouldBePositive();
    }

    /// <summary>One process: batches, each written until the disk takes it or the process dies on the way.</summary>
    /// <returns>The last record that was acknowledged.</returns>
    private static long Live(string path, FaultyDisk disk, Random random, long next)
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(next));
        using var segments = new JournalSegments(path, new JournalOptions { SegmentBytes = 65_536, SegmentAge = TimeSpan.FromSeconds(20) }, clock, disk.Create);
        var acknowledged = next - 1;
        for (var batch = 0; batch < 40; batch++)
        {
            var bytes = Batch(next, 1 + random.Next(20), random);
            var last = next - 1 + bytes.Count;
            disk.Share = random.Next(3) == 0 ? 0.3 : 0;
            for (var tries = 0; ; tries++)
            {
                if (random.Next(200) == 0) return acknowledged;
                try
                {
                    segments.Write(bytes.Bytes);
                    acknowledged = last;
                    break;
                }
                catch (IOException)
                {
                    clock.Advance(TimeSpan.FromMilliseconds(500 * (1 + random.Next(60))));
                }
            }

            next = last + 1;
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(2_000)));
        }

        return acknowledged;
    }

    private static (byte[] Bytes, int Count) Batch(long first, int count, Random random)
    {
        using var all = new MemoryStream();
        for (var i = 0; i < count; i++)
        {
            var payload = Encoding.ASCII.GetBytes(new string('x', random.Next(2_000)));
            var record = new byte[JournalFormat.RecordHead + payload.Length];
            JournalFormat.WriteRecord(record, first + i, new FeedInput(0, FeedInputKind.Frame, 1, new Timestamp(first + i)), payload);
            all.Write(record);
        }

        return (all.ToArray(), count);
    }

    private static List<long> Numbers(string path)
    {
        using var reader = JournalReader.Open(path);
        var numbers = new List<long>();
        while (reader.TryRead(out _, out _)) numbers.Add(reader.Sequence);
        return numbers;
    }

    /// <summary>All files of one life.</summary>
    private sealed class FaultyDisk(Random random)
    {
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

        /// <summary>The machine loses its power: of what no flush has kept, any part may be there.</summary>
        public void Die() => files.ForEach(f => f.Die());

        private bool Fails()
        {
            if (random.NextDouble() >= Share) return false;
            Faults++;
            return true;
        }

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

            /// <summary>A beginning of what was not flushed is there, and behind it nothing, or zeros.</summary>
            public void Die()
            {
                if (dirty.Count == 0 || !File.Exists(Path)) return;
                using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                var (from, length) = (dirty.Min(d => d.From), file.Length);
                if (from >= length) return;
                var kept = from + disk.Next((int)(length - from) + 1);
                file.SetLength(kept);
                if (disk.Next(2) == 0) file.SetLength(length);
            }
        }

        private int Next(int below) => random.Next(below);
    }
}
