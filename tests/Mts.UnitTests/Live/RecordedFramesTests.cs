using Mts.Cli.Live;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;
using Mts.Storage.Files.Journal;
using Mts.UnitTests.Storage;

namespace Mts.UnitTests.Live;

public sealed class RecordedFramesTests : IDisposable
{
    private static readonly Timestamp Noon = Timestamp.Parse("2026-01-01T12:00:00Z");
    private static readonly byte[] Plan = new StreamPlan
    {
        Seed = 1, Options = new FeedOptions(), Feeds = [new FeedPlan("bybit", "spot", ["BTC/USDT"], ["depth"], 50), new FeedPlan("bybit", "perp", ["BTC/USDT:USDT"], ["depth"], 50)],
    }.ToBytes();

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Begin_with_the_first_session_that_is_whole()
    {
        Write(Input(1, FeedInputKind.Started), Input(0, FeedInputKind.Timer), Input(1, FeedInputKind.Frame), Input(0, FeedInputKind.Started), Input(1, FeedInputKind.Started), Input(0, FeedInputKind.Opened));
        var frames = Frames();
        frames.Run(CancellationToken.None);
        (frames.Inputs, frames.Ours.Skipped, frames.Ours.Sessions).ShouldBe((6, 3, 1));
        frames.Feeds.Select(f => f.Connections[0].IsOpen).ShouldBe([true, false]);
    }

    [Fact]
    public void Are_refused_where_no_session_begins()
    {
        Write(Input(0, FeedInputKind.Timer));
        Should.Throw<StorageException>(() => Frames().Run(CancellationToken.None)).Message.ShouldContain("realtime.journal.keep");
    }

    private static FeedInput Input(int feed, FeedInputKind kind) => new(feed, kind, kind == FeedInputKind.Started ? 0 : 1, Noon);

    private RecordedFrames Frames() => new([FeedJournal.FolderOf(folder.Path)], null, null, new FeedLedgers());

    private void Write(params FeedInput[] inputs)
    {
        using var journal = FeedJournal.Open(folder.Path, new JournalOptions(), TimeProvider.System);
        foreach (var input in inputs) journal.Append(input, input is { Kind: FeedInputKind.Started, Feed: 0 } ? Plan : []);
    }
}
