using System.Text;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Storage.Files.Journal;

namespace Mts.UnitTests.Storage.Journal;

public sealed class FeedJournalTests : IDisposable
{
    private static readonly JournalOptions Small = new() { SegmentBytes = 65_536, BufferBytes = 65_536 };

    private readonly TempFolder folder = new();

    [Fact]
    public void Gives_back_every_input_as_it_was()
    {
        FeedInput[] inputs =
        [
            new(0, FeedInputKind.Started, 0, new Timestamp(1_700_000_000_123_456)), new(3, FeedInputKind.Frame, 7, new Timestamp(1_700_000_000_123_457)),
            new(1, FeedInputKind.Refused, int.MaxValue, new Timestamp(-1), long.MinValue), new(0, FeedInputKind.Timer, 0, Timestamp.MaxValue, 5),
        ];
        using (var journal = Open())
        {
            foreach (var input in inputs) journal.Append(input, Encoding.UTF8.GetBytes($"bytes of {input.Kind}"));
            journal.Flush();
            (journal.Appended, journal.Durable).ShouldBe((4, 4));
        }

        Read().ShouldBe(inputs.Select((input, i) => (i + 1L, input, $"bytes of {input.Kind}")));
    }

    [Fact]
    public void Goes_on_counting_after_a_restart_and_over_segments()
    {
        for (var run = 0; run < 3; run++)
        {
            using var journal = Open(Small);
            journal.Recovery.ShouldBe(new JournalRecovery(run * 500, run == 0 ? null : journal.Recovery.Segment, 0, null));
            for (var i = 1; i <= 500; i++) Append(journal, (run * 500) + i, 400);
        }

        Read().Select(r => r.Sequence).ShouldBe(Enumerable.Range(1, 1_500).Select(i => (long)i));
        JournalCheck.Run(folder.Path, CancellationToken.None).ShouldSatisfyAllConditions(
            c => c.Inputs.ShouldBe(1_500), c => c.Findings.ShouldBeEmpty(), c => c.Segments.ShouldBeGreaterThan(9), c => c.UnfinishedBytes.ShouldBe(0));
    }

    [Fact]
    public void Takes_an_input_larger_than_its_buffer()
    {
        using (var journal = Open(Small))
        {
            Append(journal, 1, 10);
            Append(journal, 2, 1_000_000);
            Append(journal, 3, 10);
        }

        Read().Select(r => r.Text.Length).ShouldBe([10, 1_000_000, 10]);
    }

    [Fact]
    public void Cuts_an_interrupted_write_off_wherever_it_broke_and_says_so()
    {
        using (var journal = Open())
        {
            Append(journal, 1, 20);
            Append(journal, 2, 20);
        }

        var segment = Segments().ShouldHaveSingleItem();
        var whole = File.ReadAllBytes(segment);
        // Nothing of the second input was acknowledged.
        SetWatermark(1);
        var second = 32 + 44 + 20;
        for (var length = second; length < whole.Length; length++)
        {
            File.WriteAllBytes(segment, whole[..length]);
            using (var journal = Open()) journal.Recovery.ShouldBe(new JournalRecovery(1, Path.GetFileName(segment), length - second, null));
            File.ReadAllBytes(segment).ShouldBe(whole[..second]);
        }
    }

    [Fact]
    public void Names_segment_place_and_number_of_any_byte_that_was_changed()
    {
        using (var journal = Open())
        {
            for (var i = 1; i <= 3; i++) Append(journal, i, 20);
        }

        var segment = Segments().ShouldHaveSingleItem();
        var whole = File.ReadAllBytes(segment);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= 0x10;
            File.WriteAllBytes(segment, changed);
            var finding = JournalCheck.Run(folder.Path, CancellationToken.None).Findings.ShouldHaveSingleItem($"byte {at}");
            var input = at < 32 ? 0 : (at - 32) / 64;
            finding.Segment.ShouldBe(Path.GetFileName(segment));
            finding.Offset.ShouldBe(at < 32 ? 0 : 32 + (input * 64));
            if (at >= 32) finding.Sequence.ShouldBe(input + 1);
            Should.Throw<StorageException>(() => Read()).Message.ShouldContain($"byte {finding.Offset}");
        }
    }

    [Fact]
    public void Leaves_a_damaged_segment_alone_and_goes_on_behind_what_was_acknowledged()
    {
        using (var journal = Open())
        {
            for (var i = 1; i <= 3; i++) Append(journal, i, 20);
        }

        var segment = Segments().ShouldHaveSingleItem();
        var changed = File.ReadAllBytes(segment);
        changed[32 + 64 + 50] ^= 1;
        File.WriteAllBytes(segment, changed);
        using (var journal = Open())
        {
            journal.Recovery.Damage.ShouldNotBeNull().ShouldContain("input 2");
            journal.Recovery.LastSequence.ShouldBe(3);
            Append(journal, 4, 20);
        }

        File.ReadAllBytes(segment).ShouldBe(changed);
        JournalCheck.Run(folder.Path, CancellationToken.None).Findings.ShouldHaveSingleItem().Sequence.ShouldBe(2);
    }

    [Fact]
    public void Says_when_acknowledged_inputs_are_gone()
    {
        using (var journal = Open(Small))
        {
            for (var i = 1; i <= 500; i++) Append(journal, i, 400);
        }

        File.Delete(Segments()[1]);
        JournalCheck.Run(folder.Path, CancellationToken.None).Findings.ShouldHaveSingleItem().Detail.ShouldContain("inputs are missing");
        Should.Throw<StorageException>(() => Read()).Message.ShouldContain("inputs are missing");
        File.Delete(Segments()[^1]);
        JournalCheck.Run(folder.Path, CancellationToken.None).Findings[^1].Detail.ShouldContain("all up to 500 were acknowledged");
    }

    [Fact]
    public void Is_read_while_it_is_written()
    {
        using var journal = Open(Small);
        using var reader = JournalReader.Open(FeedJournal.FolderOf(folder.Path));
        var read = 0L;
        for (var i = 1; i <= 600; i++)
        {
            Append(journal, i, 400);
            if (i % 50 == 0) journal.Flush();
            while (reader.TryRead(out _, out _)) reader.Sequence.ShouldBe(++read);
            if (i % 50 == 0) read.ShouldBe(i);
        }
    }

    [Fact]
    public void Begins_at_the_number_that_is_asked_for()
    {
        using (var journal = Open(Small))
        {
            for (var i = 1; i <= 500; i++) Append(journal, i, 400);
        }

        foreach (var from in new long[] { 1, 2, 147, 148, 499, 500 })
        {
            using var reader = JournalReader.Open(FeedJournal.FolderOf(folder.Path), from);
            reader.TryRead(out _, out _).ShouldBeTrue();
            reader.Sequence.ShouldBe(from);
        }
    }

    [Fact]
    public void Removes_the_oldest_segments_and_never_the_open_one()
    {
        using (var journal = Open(Small with { KeepBytes = 200_000 }))
        {
            for (var i = 1; i <= 3_000; i++) Append(journal, i, 400);
            journal.RetentionProblem.ShouldBeNull();
        }

        Segments().Sum(s => new FileInfo(s).Length).ShouldBeInRange(100_000, 300_000);
        Read()[^1].Sequence.ShouldBe(3_000);
        JournalCheck.Run(folder.Path, CancellationToken.None).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Removes_segments_by_age()
    {
        var clock = new Mts.UnitTests.Adapters.ManualTimeProvider();
        var options = new JournalOptions { SegmentAge = TimeSpan.FromMinutes(1), KeepFor = TimeSpan.FromMinutes(5) };
        using (var journal = FeedJournal.Open(folder.Path, options, clock))
        {
            for (var i = 1; i <= 20; i++)
            {
                Append(journal, i, 20);
                journal.Flush();
                clock.Advance(TimeSpan.FromMinutes(1));
            }
        }

        // The open one was begun in minute 19; of those that ended in minute 14 or later, the oldest was begun in minute 13.
        Read().Select(r => r.Sequence).ShouldBe([14, 15, 16, 17, 18, 19, 20]);
    }

    [Fact]
    public void Belongs_to_one_writer()
    {
        using var journal = Open();
        Should.Throw<StoreBusyException>(() => Open());
    }

    [Fact]
    public void Tells_the_caller_that_it_cannot_write_and_goes_on_when_it_can()
    {
        using var journal = Open();
        var path = FeedJournal.FolderOf(folder.Path);
        // A file where the folder was: no segment can be made.
        Directory.Move(path, path + ".away");
        File.WriteAllText(path, "");
        Append(journal, 1, 20);
        Should.Throw<StorageException>(journal.Flush).Message.ShouldContain("cannot be written");
        journal.Problem.ShouldNotBeNull();
        Append(journal, 2, 20);
        (journal.Appended, journal.Durable, journal.Lost).ShouldBe((2, 0, 0));
        File.Delete(path);
        Directory.Move(path + ".away", path);
        while (journal.Problem is not null) Thread.Yield();
        Append(journal, 3, 20);
        journal.Flush();
        Read().Select(r => r.Sequence).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Loses_nothing_in_a_hundred_times_of_a_full_disk()
    {
        var (random, next) = (new Random(1), 1);
        // Of its own: the journal's thread draws from it.
        var disk = new FaultyDisk(new Random(2));
        using (var journal = FeedJournal.Open(folder.Path, Small with { HeldBytes = 4_000_000 }, TimeProvider.System, disk.Create))
        {
            for (var cycle = 0; cycle < 100; cycle++)
            {
                disk.Share = 1;
                for (var last = next + 1 + random.Next(500); next < last; next++) Append(journal, next, random.Next(1_000));
                Should.Throw<StorageException>(journal.Flush);
                journal.Durable.ShouldBeLessThan(next);
                disk.Share = 0;
                for (var last = next + random.Next(50); next < last; next++) Append(journal, next, random.Next(1_000));
                FlushAtLast(journal);
                journal.Durable.ShouldBe(next - 1);
            }

            (journal.Lost, journal.HasHole, journal.Problem).ShouldBe((0, false, null));
        }

        disk.Faults.ShouldBeGreaterThan(100);
        Read().Select(r => r.Input.Number).ShouldBe(Enumerable.Range(1, next - 1));
        JournalCheck.Run(folder.Path, CancellationToken.None).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Names_what_it_could_not_hold_before_the_session_that_follows()
    {
        var disk = new FaultyDisk(new Random(1));
        using (var journal = FeedJournal.Open(folder.Path, Small with { HeldBytes = 65_536 }, TimeProvider.System, disk.Create))
        {
            Append(journal, 1, 10);
            journal.Flush();
            disk.Share = 1;
            for (var number = 2; number <= 1_000; number++) Append(journal, number, 1_000);
            journal.HasHole.ShouldBeTrue();
            (journal.Appended + journal.Lost).ShouldBe(1_000);
            journal.Problem.ShouldNotBeNull();
            disk.Share = 0;
            FlushAtLast(journal);
            // Of no use without what is missing.
            Append(journal, 1_001, 10);
            (journal.Appended + journal.Lost).ShouldBe(1_001);
            journal.Append(new FeedInput(0, FeedInputKind.Started, 0, new Timestamp(1_002)), "settings"u8);
            journal.HasHole.ShouldBeFalse();
            Append(journal, 1_003, 10);
            var lost = journal.Lost;
            journal.Dispose();

            var read = Read();
            read.Select(r => r.Sequence).ShouldBe(Enumerable.Range(1, read.Count).Select(i => (long)i));
            var hole = read[^3];
            (hole.Input.Kind, hole.Input.Value).ShouldBe((FeedInputKind.Missing, lost));
            hole.Text.ShouldStartWith($"{lost} inputs since 1970-01-01T00:00:00");
            read[..^3].Select(r => r.Input.Number).ShouldBe(Enumerable.Range(1, read.Count - 3));
            read[^1].Input.Number.ShouldBe(1_003);
        }
    }

    [Fact]
    public void Allocates_nothing_for_an_input()
    {
        // Room for all of it: whoever waits for a busy disk may allocate.
        using var journal = Open(new JournalOptions { BufferBytes = 64 * 1_024 * 1_024 });
        var bytes = new byte[500];
        var input = new FeedInput(0, FeedInputKind.Frame, 1, new Timestamp(1));
        for (var i = 0; i < 1_000; i++) journal.Append(input, bytes);
        Allocated.By(() =>
        {
            for (var i = 0; i < 50_000; i++) journal.Append(input, bytes);
        }).ShouldBe(0);
    }

    [Fact]
    public void Checks_with_the_sum_of_the_standard()
    {
        // RFC 3720, B.4: 32 bytes of zero, of ones, rising.
        Mts.Storage.Files.Journal.JournalFormat.Checksum(new byte[32]).ShouldBe(0x8A9136AAu);
        Mts.Storage.Files.Journal.JournalFormat.Checksum([.. Enumerable.Repeat((byte)0xFF, 32)]).ShouldBe(0x62A8AB43u);
        Mts.Storage.Files.Journal.JournalFormat.Checksum([.. Enumerable.Range(0, 32).Select(i => (byte)i)]).ShouldBe(0x46DD794Eu);
    }

    public void Dispose() => folder.Dispose();

    private static void FlushAtLast(FeedJournal journal)
    {
        while (true)
        {
            try
            {
                journal.Flush();
                return;
            }
            catch (StorageException)
            {
                Thread.Yield();
            }
        }
    }

    private static void Append(FeedJournal journal, int number, int length) =>
        journal.Append(new FeedInput(0, FeedInputKind.Frame, number, new Timestamp(number)), Encoding.ASCII.GetBytes(new string('x', length)));

    private FeedJournal Open(JournalOptions? options = null) => FeedJournal.Open(folder.Path, options ?? new JournalOptions(), TimeProvider.System);

    private string[] Segments() => [.. Directory.GetFiles(FeedJournal.FolderOf(folder.Path), "*.mtsj").Order(StringComparer.Ordinal)];

    private void SetWatermark(long durable)
    {
        using var file = JournalFolder.OpenWatermark(FeedJournal.FolderOf(folder.Path));
        JournalFolder.WriteWatermark(file, durable);
    }

    private List<(long Sequence, FeedInput Input, string Text)> Read()
    {
        var read = new List<(long, FeedInput, string)>();
        using var reader = JournalReader.Open(FeedJournal.FolderOf(folder.Path));
        while (reader.TryRead(out var input, out var bytes)) read.Add((reader.Sequence, input, Encoding.UTF8.GetString(bytes)));
        return read;
    }
}
