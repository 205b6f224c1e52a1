using System.Globalization;
using System.Text;
using System.Text.Json;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Storage.Files.Journal;

namespace Mts.UnitTests.Cli;

/// <summary><c>mts data verify</c> over the journals of a folder.</summary>
public sealed class JournalVerifyTests : IDisposable
{
    private const int Records = 5;

    private readonly CliRun run = new();

    private string Data => Path.Combine(run.Folder, "data");

    private string Session => Path.Combine(Data, "paper", "first", "journal");

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Counts_the_records_of_sound_journals()
    {
        WriteBoth();
        (await run.RunAsync("data", "verify", "--json")).ShouldBe(0, run.Error);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("sound").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("journals").EnumerateArray().Select(j => (j.GetProperty("journal").GetString(), j.GetProperty("records").GetInt64()))
            .ShouldBe([("journal/feed", Records), ("paper/first/journal", Records)]);
    }

    [Fact]
    public async Task Names_file_and_byte_of_whatever_was_changed_in_the_raw_journal()
    {
        WriteBoth();
        var segment = Directory.GetFiles(FeedJournal.FolderOf(Data), "*.mtsj").ShouldHaveSingleItem();
        // A head of 32 bytes, then records of 44 and their 20 bytes; the third one begins behind two.
        const int Third = 32 + (2 * (44 + 20));
        Change(segment, Third + 50);
        (await run.RunAsync("data", "verify")).ShouldBe(3);
        run.Out.ShouldContain($"journal/feed/{Path.GetFileName(segment)}, byte {Third}: input 3 is not as it was written.");
    }

    [Fact]
    public async Task Names_file_and_byte_of_whatever_was_changed_in_a_session()
    {
        WriteBoth();
        var random = new Random(7);
        var whole = File.ReadAllBytes(Session);
        for (var i = 0; i < 8; i++)
        {
            Change(Session, random.Next(8, whole.Length));
            (await run.RunAsync("data", "verify", "--json")).ShouldBe(3);
            using var json = JsonDocument.Parse(run.Out);
            var finding = json.RootElement.GetProperty("journals")[1].GetProperty("findings")[0];
            finding.GetProperty("file").GetString().ShouldBe("paper/first/journal");
            finding.GetProperty("record").GetInt64().ShouldBeInRange(1, Records);
            finding.GetProperty("detail").GetString()!.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"byte {finding.GetProperty("offset").GetInt64()}"));
            File.WriteAllBytes(Session, whole);
        }

        (await run.RunAsync("data", "verify")).ShouldBe(0, run.Out);
    }

    private static void Change(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 0x20;
        File.WriteAllBytes(path, bytes);
    }

    private void WriteBoth()
    {
        using (var feeds = FeedJournal.Open(Data, new JournalOptions(), TimeProvider.System))
        {
            for (var i = 1; i <= Records; i++) feeds.Append(new FeedInput(0, FeedInputKind.Frame, i, new Timestamp(i)), Encoding.ASCII.GetBytes(new string('x', 20)));
        }

        using var session = SessionJournalFile.Create(Session);
        for (var i = 1; i <= Records; i++) session.Append(SessionRecordKind.Note, Encoding.UTF8.GetBytes(new string('n', 100 * i)));
        session.Commit();
    }
}
