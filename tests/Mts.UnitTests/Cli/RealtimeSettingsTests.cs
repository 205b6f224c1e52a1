using Mts.Cli.Configuration;
using Mts.Core.Feeds;
using Mts.Core.Ports;

namespace Mts.UnitTests.Cli;

public sealed class RealtimeSettingsTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void The_file_that_comes_with_the_program_says_how_much_of_each_kind_is_kept()
    {
        var realtime = Load(File.ReadAllText(Path.Combine(Repository.Root, "config", "settings.json"))).Realtime;

        var options = realtime.Recording.ToOptions();
        options.Retention.Keys.ShouldBe(Enum.GetValues<RealtimeKind>(), ignoreOrder: true);
        options.Retention[RealtimeKind.DeadLetters].ShouldBe(new RetentionRule(TimeSpan.FromDays(30), 100_000, 268_435_456));
        (options.Cadence, options.Levels, realtime.Feed.Silence, realtime.Journal.Enabled).ShouldBe((TimeSpan.FromSeconds(1), 20, TimeSpan.FromSeconds(4), true));
        realtime.ChannelList().ShouldBe(Enum.GetValues<Channel>());
        realtime.MarketList().ShouldBe([MarketKind.Spot, MarketKind.Perpetual]);
    }

    [Theory]
    [InlineData("""{ "venues": ["binanc"] }""", "realtime.venues: 'binanc' is unknown")]
    [InlineData("""{ "venues": [] }""", "realtime.venues")]
    [InlineData("""{ "channels": ["depths"] }""", "realtime.channels: 'depths' is unknown")]
    [InlineData("""{ "markets": ["future"] }""", "allowed are spot, perp")]
    [InlineData("""{ "feed": { "silence": "0s" } }""", "realtime.feed.silence: '00:00:00' is not allowed; allowed is 00:00:01 to 00:05:00")]
    [InlineData("""{ "feed": { "firstLevels": 2000 } }""", "realtime.feed.firstLevels: 2000 is more than realtime.feed.levels, 1000")]
    [InlineData("""{ "recording": { "cadence": "1ms" } }""", "realtime.recording.cadence")]
    [InlineData("""{ "recording": { "batchEvery": "2s" } }""", "realtime.recording.batchEvery must not be longer")]
    [InlineData("""{ "recording": { "retention": { "book": { "keep": "1d" } } } }""", "realtime.recording.retention: 'book' is unknown")]
    [InlineData("""{ "recording": { "retention": { "books": {} } } }""", "realtime.recording.retention.books: one of keep, rows, megabytes")]
    [InlineData("""{ "recording": { "retention": { "books": { "keep": "1s" } } } }""", "realtime.recording.retention.books.keep")]
    [InlineData("""{ "journal": { "syncEvery": "51ms" } }""", "realtime.journal.syncEvery")]
    public void What_is_wrong_is_named(string section, string problem) =>
        Should.Throw<SettingsException>(() => Load($"{{ \"realtime\": {section} }}")).Problems.ShouldHaveSingleItem().ShouldContain(problem);

    private Settings Load(string settings)
    {
        run.Write("config/settings.json", settings);
        return SettingsLoader.Load(Path.Combine(run.Folder, "config"), null, new Dictionary<string, string>(StringComparer.Ordinal), []).Settings;
    }
}
