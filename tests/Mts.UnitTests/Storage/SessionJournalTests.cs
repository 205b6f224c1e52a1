using Mts.Core;
using Mts.Core.Ports;
using Mts.Storage.Files.Journal;

namespace Mts.UnitTests.Storage;

public sealed class SessionJournalTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-journal-");

    private string JournalPath => Path.Combine(folder.FullName, "journal");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Gives_back_what_was_written()
    {
        var written = Write(30);
        using var reader = new SessionJournalReader(JournalPath);
        var read = reader.Read().Select(r => (r.Number, r.Offset, r.Kind, Payload: r.Payload.ToArray())).ToList();
        read.Select(r => r.Number).ShouldBe(Enumerable.Range(1, 30).Select(i => (long)i));
        read.Select(r => r.Kind).ShouldBe(written.Select(w => w.Kind));
        read.Zip(written).ShouldAllBe(p => p.First.Payload.SequenceEqual(p.Second.Payload));
        reader.TornBytes.ShouldBe(0);
        reader.Length.ShouldBe(new FileInfo(JournalPath).Length);
    }

    [Fact]
    public void Names_the_record_of_any_byte_that_was_changed()
    {
        Write(12);
        var bytes = File.ReadAllBytes(JournalPath);
        List<long> starts = [.. ReadAll().Select(r => r.Offset)];
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var change in (byte[])[1, 0x80, 0xff])
            {
                bytes[at] ^= change;
                File.WriteAllBytes(JournalPath, bytes);
                var damage = Should.Throw<JournalDamageException>(() => ReadAll(), $"byte {at}");
                damage.Number.ShouldBe(starts.Count(s => s <= at), $"byte {at}");
                damage.Offset.ShouldBe(at < starts[0] ? 0 : starts.Last(s => s <= at));
                if (damage.Number > 0) damage.Message.ShouldContain($"record {damage.Number} at byte {damage.Offset}");
                bytes[at] ^= change;
            }
        }
    }

    [Fact]
    public void A_record_left_out_exchanged_or_repeated_is_named()
    {
        Write(6);
        var bytes = File.ReadAllBytes(JournalPath);
        long[] ends = [.. ReadAll().Skip(1).Select(r => r.Offset), bytes.Length];
        byte[] Record(int number) => bytes[(int)(number == 1 ? 8 : ends[number - 2])..(int)ends[number - 1]];
        byte[][] order(params int[] numbers) => [bytes[..8], .. numbers.Select(Record)];
        foreach (var (numbers, named) in ((int[], long)[])[([1, 2, 4, 5, 6], 3), ([1, 3, 2, 4, 5, 6], 2), ([1, 2, 2, 3, 4, 5, 6], 3), ([2, 3, 4, 5, 6], 1)])
        {
            File.WriteAllBytes(JournalPath, [.. order(numbers).SelectMany(b => b)]);
            Should.Throw<JournalDamageException>(() => ReadAll()).Number.ShouldBe(named);
        }
    }

    [Fact]
    public void A_journal_cut_off_anywhere_ends_with_its_last_whole_record_and_goes_on_from_there()
    {
        var written = Write(8);
        var bytes = File.ReadAllBytes(JournalPath);
        long[] ends = [.. ReadAll().Skip(1).Select(r => r.Offset), bytes.Length];
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(JournalPath, bytes[..length]);
            var whole = ends.Count(e => e <= length);
            using (var reader = new SessionJournalReader(JournalPath))
            {
                reader.Read().Count().ShouldBe(whole, $"length {length}");
                reader.TornBytes.ShouldBe(length - (whole == 0 ? (length < 8 ? 0 : 8) : ends[whole - 1]), $"length {length}");
            }

            if (whole == 0) continue;
            using (var journal = SessionJournalFile.Resume(JournalPath, r => r.Read().Count().ShouldBe(whole)))
            {
                foreach (var (kind, payload) in written.Skip(whole)) journal.Append(kind, payload);
                journal.Commit();
            }

            File.ReadAllBytes(JournalPath).ShouldBe(bytes, $"length {length}");
        }
    }

    [Fact]
    public void Zeros_behind_the_last_record_are_no_records()
    {
        Write(3);
        var bytes = File.ReadAllBytes(JournalPath);
        File.WriteAllBytes(JournalPath, [.. bytes, .. new byte[5_000]]);
        using var reader = new SessionJournalReader(JournalPath);
        reader.Read().Count().ShouldBe(3);
        reader.TornBytes.ShouldBe(5_000);
    }

    [Fact]
    public void Has_one_writer()
    {
        using var first = SessionJournalFile.Create(JournalPath);
        first.Append(SessionRecordKind.Plan, "{}"u8);
        first.Commit();
        Should.Throw<StoreBusyException>(() => SessionJournalFile.Resume(JournalPath, r => r.Read().Count().ShouldBe(1)));
        // Readers are welcome.
        ReadAll().Count.ShouldBe(1);
    }

    [Fact]
    public void A_journal_with_records_is_not_begun_anew()
    {
        Write(3);
        Should.Throw<StorageException>(() => SessionJournalFile.Create(JournalPath)).Message.ShouldContain("already");
        ReadAll().Count.ShouldBe(3);
    }

    private List<(long Number, long Offset)> ReadAll()
    {
        using var reader = new SessionJournalReader(JournalPath);
        return [.. reader.Read().Select(r => (r.Number, r.Offset))];
    }

    private List<(SessionRecordKind Kind, byte[] Payload)> Write(int records)
    {
        var random = new Random(records);
        var written = new List<(SessionRecordKind, byte[])>();
        using var journal = SessionJournalFile.Create(JournalPath);
        for (var i = 0; i < records; i++)
        {
            var payload = new byte[random.Next(0, 40)];
            random.NextBytes(payload);
            written.Add((i == 0 ? SessionRecordKind.Plan : SessionRecordKind.Bar, payload));
            journal.Append(written[^1].Item1, payload);
        }

        journal.Commit();
        return written;
    }
}
