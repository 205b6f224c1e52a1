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
    private readonly TempFolder folder = new(inMemory: true);

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
                    for (var image = 0; image < 3; image++) Try(path, disk, acknowledged, $"seed {seed}, life {life}, image {image}");
                    disk.Die(path);
                    deaths += 4;
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

    /// <summary>Another way in which the power might have gone: on a copy of the disk.</summary>
    private void Try(string path, FaultyDisk disk, long acknowledged, string what)
    {
        var copy = Path.Combine(folder.Path, "image", "journal", "feed");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(path)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        disk.Die(copy);
        // Also before anybody has mended it, nothing is believed wrongly.
        var before = Numbers(copy);
        before.ShouldBe(Enumerable.Range(1, before.Count).Select(i => (long)i), what);
        before.Count.ShouldBeGreaterThanOrEqualTo((int)acknowledged, what);
        JournalCheck.Run(Path.Combine(folder.Path, "image"), CancellationToken.None).Findings.ShouldBeEmpty(what);
        var found = JournalRecovery.Of(copy);
        found.Damage.ShouldBeNull(what);
        found.LastSequence.ShouldBeGreaterThanOrEqualTo(acknowledged, what);
        Numbers(copy).ShouldBe(before, what);
        Directory.Delete(Path.Combine(folder.Path, "image"), recursive: true);
    }

    [Fact]
    public void Damage_to_what_was_acknowledged_is_told_also_where_the_watermark_is_lost()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var path = Directory.CreateDirectory(Path.Combine(folder.Path, $"rot{seed}", "journal", "feed")).FullName;
            var clock = new ManualTimeProvider();
            var ends = new List<long>();
            using (var segments = new JournalSegments(path, new JournalOptions(), clock))
            {
                var next = 1L;
                for (var batch = 0; batch < 10; batch++)
                {
                    var (bytes, count) = Batch(next, 1 + random.Next(20), random);
                    segments.Write(bytes);
                    next += count;
                    ends.Add(next - 1);
                }
            }

            File.Delete(Path.Combine(path, "durable"));
            var file = Directory.GetFiles(path, "*.mtsj").ShouldHaveSingleItem();
            var offsets = Offsets(file);
            // A record of any write but the last: that one may be a write that was never finished.
            var hit = random.Next((int)ends[^2]);
            Change(file, offsets[hit] + random.Next(JournalFormat.RecordHead));
            var found = JournalRecovery.Of(path);
            found.Damage.ShouldNotBeNull($"seed {seed}").ShouldContain($"input {hit + 1} ");
            found.LastSequence.ShouldBe(ends[^1]);
            JournalCheck.Run(Path.Combine(folder.Path, $"rot{seed}"), CancellationToken.None).Findings.ShouldHaveSingleItem($"seed {seed}").Sequence.ShouldBe(hit + 1);
        }
    }

    private static List<long> Offsets(string file)
    {
        var offsets = new List<long>();
        using var reader = new SegmentReader(new JournalSegment(file, 1));
        for (var at = reader.Offset; reader.Read(out _, out _, out _) == SegmentRead.Record; at = reader.Offset) offsets.Add(at);
        return offsets;
    }

    private static void Change(string path, long at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 0x10;
        File.WriteAllBytes(path, bytes);
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
            JournalFormat.WriteRecord(record, first + i, i, new FeedInput(0, FeedInputKind.Frame, 1, new Timestamp(first + i)), payload);
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
}
