using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Engine;
using Mts.Engine.Reports;
using Mts.Engine.Sessions;
using Mts.Storage.Files.Journal;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Sessions;

public sealed class ResumeTests : IDisposable
{
    private static readonly BacktestOptions Options = new() { AllowShort = true, AllowGaps = true, EquityPerBar = true };
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-session-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_session_killed_anywhere_goes_on_to_what_an_uninterrupted_one_comes_to()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var inputs = SessionRuns.ThreeMarkets(seed, 120);
            var (catalog, events, random) = (new Scripts(() => LawTests.Scripted(seed, 3, 120)), SessionRuns.Events(inputs, seed), new Random(seed));
            var whole = SessionRuns.Begin(SessionRuns.Plan(inputs, Options), catalog, new MemoryJournal(), events);
            var path = Path.Combine(folder.FullName, $"{seed}", "journal");
            var planBytes = 0L;
            using (var journal = SessionJournalFile.Create(path))
            {
                var session = PaperSession.Begin(SessionRuns.Plan(inputs, Options), catalog, journal);
                planBytes = new FileInfo(path).Length;
                foreach (var e in events.Take(random.Next(1, events.Count))) session.Push(e);
            }

            for (var kill = 0; kill < 3; kill++)
            {
                Cut(path, random.NextInt64(planBytes, new FileInfo(path).Length + 1));
                using var resumed = Resume(path, catalog, out var session);
                // The feed goes on from the bars that are missing; what comes twice counts once.
                foreach (var e in kill == 2 ? events : events.Take(random.Next(1, events.Count))) session.Push(e);
                if (kill < 2) continue;
                session.Digest.ShouldBe(whole.Digest, $"seed {seed}");
                BacktestJson.Write(session.Result()).ShouldBe(BacktestJson.Write(whole.Result()), $"seed {seed}");
                session.Tally.Restarts.Count.ShouldBeLessThanOrEqualTo(3);
                resumed.Commit();
                using var reader = new SessionJournalReader(path);
                var replay = SessionReplay.Run(reader.Read(), catalog);
                replay.Difference.ShouldBeNull($"seed {seed}");
                replay.Unwritten.ShouldBe(0);
                replay.Digest.ShouldBe(whole.Digest);
                reader.TornBytes.ShouldBe(0);
            }
        }
    }

    [Fact]
    public void A_replay_on_any_clock_finds_every_output_again()
    {
        var inputs = SessionRuns.ThreeMarkets(3);
        var (catalog, journal) = (new Scripts(() => LawTests.Scripted(3, 3, 200)), new MemoryJournal());
        var session = SessionRuns.Begin(SessionRuns.Plan(inputs, Options), catalog, journal, SessionRuns.Events(inputs));

        var replay = SessionReplay.Run(journal.Records, catalog);

        replay.Difference.ShouldBeNull();
        replay.Outputs.ShouldBe(journal.Entries.Count(e => e.Kind >= SessionRecordKind.Payment));
        replay.ByKind[SessionRecordKind.Fill].ShouldBe(session.Fills.Count);
        replay.ByKind[SessionRecordKind.Equity].ShouldBe(200);
        replay.Digest.ShouldBe(session.Digest);
        BacktestJson.Write(replay.Result()).ShouldBe(BacktestJson.Write(session.Result()));
    }

    [Fact]
    public void The_first_record_that_says_something_else_is_named()
    {
        var inputs = SessionRuns.ThreeMarkets(3);
        var (catalog, journal) = (new Scripts(() => LawTests.Scripted(3, 3, 200)), new MemoryJournal());
        SessionRuns.Begin(SessionRuns.Plan(inputs, Options), catalog, journal, SessionRuns.Events(inputs));
        foreach (var kind in Enum.GetValues<SessionRecordKind>().Where(k => journal.Entries.Exists(e => e.Kind == k && k >= SessionRecordKind.Payment)))
        {
            var at = journal.Entries.FindIndex(e => e.Kind == kind);
            var (original, changed) = (journal.Entries[at], journal.Entries[at].Payload.ToArray());
            changed[^3] ^= 1;
            journal.Entries[at] = (kind, changed);
            var difference = SessionReplay.Run(journal.Records, catalog).Difference;
            difference!.Number.ShouldBe(at + 1);
            difference.Kind.ShouldBe(kind);
            difference.ToString().ShouldContain($"record {at + 1} ");
            journal.Entries[at] = original;

            journal.Entries.RemoveAt(at);
            SessionReplay.Run(journal.Records, catalog).Difference!.Number.ShouldBe(at + 1, $"{kind} left out");
            journal.Entries.Insert(at, original);
        }
    }

    [Fact]
    public void Another_strategy_does_not_take_a_session_up()
    {
        var inputs = SessionRuns.ThreeMarkets(3);
        var journal = new MemoryJournal();
        SessionRuns.Begin(SessionRuns.Plan(inputs, Options), new Scripts(() => LawTests.Scripted(3, 3, 200)), journal, SessionRuns.Events(inputs));
        var replay = SessionReplay.Run(journal.Records, new Scripts(() => LawTests.Scripted(4, 3, 200)));
        Should.Throw<StorageException>(() => PaperSession.Resume(replay, journal, new Timestamp(0), "test", 0)).Message.ShouldContain("cannot go on");
    }

    private static void Cut(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.SetLength(length);
    }

    private static SessionJournalFile Resume(string path, IStrategyCatalog catalog, out PaperSession session)
    {
        SessionReplay? replay = null;
        var cut = 0L;
        var journal = SessionJournalFile.Resume(path, reader =>
        {
            replay = SessionReplay.Run(reader.Read(), catalog);
            cut = reader.TornBytes;
        });
        session = PaperSession.Resume(replay!, journal, replay!.Tally.Now, "test", cut);
        return journal;
    }
}
