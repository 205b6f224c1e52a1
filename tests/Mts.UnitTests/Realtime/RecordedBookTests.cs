using System.Text;
using Mts.Cli.Live;
using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;
using Mts.Storage.Files.Recordings;

namespace Mts.UnitTests.Realtime;

/// <summary>Recorded sessions through the whole feed, held against a second implementation at every update. The figures are those of the recordings' description.</summary>
public sealed class RecordedBookTests(ITestOutputHelper output)
{
    private const int Variants = 40;
    private const int Prefix = 5_000;

    /// <summary>Files, venue, market; changes, quotes, trades (−1: not said); book quotes equal at a shared id.</summary>
    public static TheoryData<string, string, MarketKind, int, int, int, int> Sessions => new()
    {
        { "binance/hft_spot_btcusdt_20240808.gz", "binance", MarketKind.Spot, 3_451, 28_040, 9_757, 560 },
        { "binance/hft_spot_btcusdt_20240808.gz,binance/hft_spot_btcusdt_20240809.gz", "binance", MarketKind.Spot, 3_451 + 3_044, 28_040 + 45_134, 9_757 + 10_147, 560 },
        { "binance/hft_usdm_btcusdt_20240718.gz", "binance", MarketKind.Perpetual, 3_326, 7_113, 974, 162 },
        { "binance/hft_usdm_btcusdt_20240718.gz,binance/hft_usdm_btcusdt_20240719.gz", "binance", MarketKind.Perpetual, 3_326 + 5_696, 7_113 + 45_147, 974 + 9_727, 162 },
        { "binance/hft_usdm_btcusdt_20230404.dat.gz", "binance", MarketKind.Perpetual, 4_322, 6_765, 2_197, 310 },
        { "binance/cf_spot_session_20211012.jsonl.zst", "binance", MarketKind.Spot, 177, 84, -1, 0 },
        { "binance/cf_usdm_session_20210722.jsonl.zst", "binance", MarketKind.Perpetual, 764, 613, -1, 0 },
        { "bybit/cf_v5_session_20260809_btc_sol.jsonl.zst", "bybit", MarketKind.Perpetual, 413 + 382 + 2, -1, -1, 0 },
        { "bybit/cf_v5_session_20260809_btc_sol.jsonl.zst", "bybit", MarketKind.Spot, 299 + 1, -1, -1, 0 },
    };

    [Theory]
    [MemberData(nameof(Sessions))]
    public void Have_no_gap_and_the_book_of_a_second_implementation_at_every_update(string files, string venue, MarketKind kind, int changes, int quotes, int trades, int shared)
    {
        var (paths, inputs) = Read(files);
        var reference = Reference(inputs, venue, kind);
        var judge = new Judge(reference);
        var session = new RecordedSession(venue, kind, paths, judge);
        foreach (var input in inputs) session.Take(input);

        judge.Wrong.ShouldBeEmpty();
        judge.Gaps.ShouldBe(0);
        judge.Compared.ShouldBeGreaterThan(changes * 9 / 10);
        judge.Letters.ShouldBe(0);
        session.Feed.Markets.Where(m => m.Account(Channel.Depth).Received > 0).ShouldAllBe(m => m.Book.State == BookState.Valid && m.Account(Channel.Depth).IsBalanced);
        var snapshots = venue == "binance" ? session.Feed.Markets.Count(m => m.Account(Channel.Depth).Received > 0) : 0;
        Received(Channel.Depth).ShouldBe(changes + snapshots);
        if (quotes >= 0) Received(Channel.Quote).ShouldBe(quotes);
        if (trades >= 0) Received(Channel.Trade).ShouldBe(trades);
        var best = reference.CompareQuotes();
        output.WriteLine($"{judge.Compared} books compared, {best.Equal} of {best.Shared} best quotes equal");
        best.Equal.ShouldBe(best.Shared);
        best.Shared.ShouldBeGreaterThanOrEqualTo(shared);

        long Received(Channel channel) => session.Feed.Markets.Sum(m => m.Account(channel).Received);
    }

    [Theory]
    [MemberData(nameof(Sessions))]
    public void Never_show_a_wrong_book_as_valid_where_lines_are_missing_doubled_or_swapped(string files, string venue, MarketKind kind, int changes, int quotes, int trades, int shared)
    {
        _ = (changes, quotes, trades, shared);
        var (paths, inputs) = Read(files, Prefix);
        var reference = Reference(inputs, venue, kind);
        var (compared, gaps, wrong) = (0L, 0L, new List<string>());
        for (var variant = 1; variant <= Variants; variant++)
        {
            var judge = new Judge(reference);
            var session = new RecordedSession(venue, kind, paths, judge);
            Play(session, judge, inputs, Damage(inputs, new Random(variant)), venue, kind);
            wrong.AddRange(judge.Wrong.Select(w => $"variant {variant}: {w}"));
            (compared, gaps) = (compared + judge.Compared, gaps + judge.Gaps);
            session.Feed.Markets.ShouldAllBe(m => m.Account(Channel.Depth).IsBalanced);
        }

        output.WriteLine($"{compared} valid books compared, {gaps} gaps in {Variants} variants");
        wrong.ShouldBeEmpty();
        gaps.ShouldBeGreaterThan(Variants / 2);
        compared.ShouldBeGreaterThan(Variants * 100);
    }

    /// <summary>Plays damaged lines; whoever broke gets a fresh book some lines later, as the venue would have given it then.</summary>
    private static void Play(RecordedSession session, Judge judge, List<RecordedInput> inputs, List<(RecordedInput Input, int Line)> damaged, string venue, MarketKind kind)
    {
        var truth = new ReferenceSession();
        var told = 0;
        foreach (var (input, line) in damaged)
        {
            session.Take(input);
            for (; told <= line; told++)
            {
                if (IsOf(inputs[told], venue, kind)) truth.Take(inputs[told].Url, inputs[told].Bytes);
            }

            if (judge.Broken is not { } broken || judge.Patience++ < 10 || !IsOf(input, venue, kind) || truth.Snapshot(broken.Compact, venue == "bybit") is not { } body) continue;
            (judge.Broken, judge.Patience) = (null, 0);
            if (venue == "bybit") session.Take(input with { Bytes = Encoding.UTF8.GetBytes(body) });
            else session.Feed.OnRecorded(FetchKind.Snapshot, broken, 0, Encoding.UTF8.GetBytes(body), input.Time);
        }
    }

    private static List<(RecordedInput Input, int Line)> Damage(List<RecordedInput> inputs, Random random)
    {
        var lines = inputs.Select((input, line) => (Input: input, Line: line)).ToList();
        for (var times = 3 + random.Next(12); times > 0; times--)
        {
            var at = 30 + random.Next(lines.Count - 31);
            if (lines[at].Input.Kind != FeedInputKind.Frame || lines[at - 1].Input.Kind != FeedInputKind.Frame) continue;
            switch (random.Next(3))
            {
                case 0: lines.RemoveRange(at, Math.Min(1 + random.Next(5), lines.Count - at)); break;
                case 1: lines.Insert(at + random.Next(Math.Min(20, lines.Count - at)), lines[at]); break;
                default:
                    var with = Math.Max(30, at - 1 - random.Next(20));
                    (lines[at], lines[with]) = (lines[with], lines[at]);
                    break;
            }
        }

        return lines;
    }

    private static (List<string> Paths, List<RecordedInput> Inputs) Read(string files, int most = int.MaxValue)
    {
        var folder = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "MTS_RECORDINGS names no folder");
        var paths = files.Split(',').Select(f => Path.Combine(folder!, f)).ToList();
        var inputs = new List<RecordedInput>();
        using var reader = new RecordingReader(paths);
        while (inputs.Count < most && reader.TryRead(out var input)) inputs.Add(input with { Bytes = input.Bytes.ToArray() });
        return (paths, inputs);
    }

    private static ReferenceSession Reference(List<RecordedInput> inputs, string venue, MarketKind kind)
    {
        var reference = new ReferenceSession();
        foreach (var input in inputs.Where(i => IsOf(i, venue, kind))) reference.Take(input.Url, input.Bytes);
        return reference;
    }

    private static bool IsOf(in RecordedInput input, string venue, MarketKind kind) =>
        input.Kind is FeedInputKind.Frame or FeedInputKind.Fetched
        && (venue == "binance" ? input.Kind == FeedInputKind.Frame || input.Url is null || input.Url.Contains("depth", StringComparison.Ordinal) : input.Url?.Contains("linear", StringComparison.Ordinal) == (kind == MarketKind.Perpetual));

    /// <summary>Holds every valid book against the second implementation.</summary>
    private sealed class Judge(ReferenceSession reference) : QuietTap
    {
        public List<string> Wrong { get; } = [];

        public long Compared { get; private set; }

        public long Gaps { get; private set; }

        public long Letters { get; private set; }

        public Symbol? Broken { get; set; }

        public int Patience { get; set; }

        public override void OnBook(FollowedMarket market, Timestamp received)
        {
            if (market.Book.State != BookState.Valid) return;
            var key = (market.Symbol.Compact, market.Book.LastId);
            if (!reference.Texts.TryGetValue(key, out var expected))
            {
                Wrong.Add($"{key} is VALID and unknown");
                return;
            }

            Compared++;
            if (BookHash.Text(market.Book.Book) != expected) Wrong.Add($"{key} differs");
        }

        public override void OnGap(FollowedMarket market, FeedGap gap)
        {
            if (gap.Channel != Channel.Depth || gap.End is not null) return;
            Gaps++;
            (Broken, Patience) = (market.Symbol, 0);
        }

        public override void OnDeadLetter(DeadLetter letter) => Letters++;
    }
}
