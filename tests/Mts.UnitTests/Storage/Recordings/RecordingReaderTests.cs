using System.Diagnostics;
using System.IO.Compression;
using System.IO.Pipes;
using System.Text;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Storage.Files.Journal;
using Mts.Storage.Files.Recordings;

namespace Mts.UnitTests.Storage.Recordings;

public sealed class RecordingReaderTests : IDisposable
{
    private const string Timed = """
        1704067200000000001 {"stream":"a@depth","data":{"u":1}}
        1704067200500000999 {"lastUpdateId":7,"bids":[]}

        1704067201000000 {"stream":"a@depth","data":{"u":2}}
        1704067202000 not json at all
        1704067203 {}
        """;

    private const string Session = """
        {"t":"header","format":2,"exchange":"TEST","ts":null}
        {"t":"http","conn":"h","ts":1704067210.5,"url":"https://x/depth?symbol=B","data":"second"}
        {"t":"http","conn":"h","ts":1704067209.25,"url":"https://x/depth?symbol=A","data":"first"}
        {"t":"connect","conn":"w1","ts":1704067209.0000011,"addr":"wss://x/a"}
        {"t":"send","conn":"w1","ts":1704067209.1,"addr":"wss://x/a","data":"{\"op\":\"subscribe\"}"}
        {"data":"\u00e9 \"quoted\" \ud83d\ude00","ts":1704067209250000,"conn":"w1","t":"recv"}
        {"t":"connect","conn":"w2","ts":1704067210,"addr":"wss://x/b"}
        {"t":"connect","conn":"w1","ts":1704067210.75,"addr":"wss://x/a"}
        {"t":"recv","conn":"w1","ts":1704067211,"extra":[{"a":1}],"data":""}
        {"t":"http","conn":"h","ts":1704067212,"url":"https://x/late","data":"late"}
        """;

    private static readonly string[] TimedInputs =
    [
        "Frame 1.1 2024-01-01T00:00:00Z  {\"stream\":\"a@depth\",\"data\":{\"u\":1}}",
        "Fetched 0.1 2024-01-01T00:00:00.500Z  {\"lastUpdateId\":7,\"bids\":[]}",
        "Frame 1.1 2024-01-01T00:00:01Z  {\"stream\":\"a@depth\",\"data\":{\"u\":2}}",
        "Frame 1.1 2024-01-01T00:00:02Z  not json at all",
        "Frame 1.1 2024-01-01T00:00:03Z  {}",
    ];

    private readonly TempFolder folder = new();

    [Fact]
    public void Reads_a_pipe_where_it_is_not_packed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a pipe has no path there");
        Read(Pipe(Encoding.UTF8.GetBytes(Timed))).ShouldBe(TimedInputs);

        Should.Throw<DataValidationException>(() => Read(Pipe(File.ReadAllBytes(Gzip("packed", Timed))))).Message.ShouldEndWith("is a pipe of packed data; give the file itself, or unpack it into the pipe.");
    }

    [Fact]
    public void Reads_lines_of_time_and_message_in_any_unit() => Read(Write("a", Timed)).ShouldBe(TimedInputs);

    [Fact]
    public void Puts_requests_back_among_the_frames_and_counts_the_openings_of_a_connection() => Read(Write("a", Session)).ShouldBe(
    [
        "Opened 1.1 2024-01-01T00:00:09.000001Z wss://x/a ",
        "Sent 1.1 2024-01-01T00:00:09.100Z wss://x/a {\"op\":\"subscribe\"}",
        "Fetched 0.1 2024-01-01T00:00:09.250Z https://x/depth?symbol=A first",
        "Frame 1.1 2024-01-01T00:00:09.250Z wss://x/a é \"quoted\" 😀",
        "Opened 2.1 2024-01-01T00:00:10Z wss://x/b ",
        "Fetched 0.1 2024-01-01T00:00:10.500Z https://x/depth?symbol=B second",
        "Opened 1.2 2024-01-01T00:00:10.750Z wss://x/a ",
        "Frame 1.2 2024-01-01T00:00:11Z wss://x/a ",
        "Fetched 0.1 2024-01-01T00:00:12Z https://x/late late",
    ]);

    [Fact]
    public void Reads_several_files_as_one_stream()
    {
        var session = Write("s", Session);
        var read = Read(Write("a", Timed), session, Write("b", Timed), session);
        read.Count.ShouldBe(5 + 9 + 5 + 9);
        read[14].ShouldBe(TimedInputs[0]);
        // The files of times are connection 1, the session's are 2 and 3, opened again by its second reading.
        read[5].ShouldStartWith("Opened 2.1 ");
        read[19].ShouldStartWith("Opened 2.3 ");
        read[23].ShouldStartWith("Opened 3.2 ");
    }

    [Fact]
    public void Unpacks_by_content_whatever_the_name()
    {
        var expected = TimedInputs;
        Read(Gzip("a.txt", Timed)).ShouldBe(expected);
        // Two members one behind the other are one text.
        var cut = Timed.IndexOf('\n', StringComparison.Ordinal) + 1;
        File.WriteAllBytes(folder.File("two"), [.. File.ReadAllBytes(Gzip("x", Timed[..cut])), .. File.ReadAllBytes(Gzip("y", Timed[cut..]))]);
        Read(folder.File("two")).ShouldBe(expected);
        Read(Zstd(Write("b", Timed))).ShouldBe(expected);
    }

    [Fact]
    public void Reads_long_lines_out_of_any_package()
    {
        var text = string.Join('\n', Enumerable.Range(0, 20).Select(i => $"{1_704_067_200 + i} {new string((char)('a' + i), i * 40_000)}"));
        var plain = Read(Write("long", text));
        plain.Select(l => l.Length - l.LastIndexOf(' ') - 1).ShouldBe(Enumerable.Range(0, 20).Select(i => i * 40_000));
        Read(Gzip("long.gz", text)).ShouldBe(plain);
        Read(Zstd(folder.File("long"))).ShouldBe(plain);
    }

    [Fact]
    public void Takes_the_end_of_a_packed_file_that_breaks_off_for_an_error()
    {
        var text = string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"{1_704_067_200 + i} {i * 7919 % 1_000_003}"));
        foreach (var packed in new[] { Gzip("g", text), Zstd(Write("z", text)) })
        {
            var bytes = File.ReadAllBytes(packed);
            foreach (var length in new[] { bytes.Length - 1, bytes.Length - 9, bytes.Length / 2 })
            {
                File.WriteAllBytes(packed, bytes[..length]);
                Should.Throw<DataValidationException>(() => Read(packed), $"{packed} {length}").Message.ShouldContain("breaks off");
            }
        }
    }

    [Fact]
    public void Asks_the_program_where_the_library_is_missing_and_says_when_both_are()
    {
        var packed = Zstd(Write("a", Timed));
        using (var text = new ZstdProgramText(packed))
        {
            var buffer = new byte[4_096];
            var length = 0;
            for (int read; (read = text.Read(buffer.AsSpan(length))) > 0;) length += read;
            Encoding.UTF8.GetString(buffer, 0, length).ShouldBe(Timed);
        }

        Should.Throw<StorageException>(() => new ZstdProgramText(packed, "no-such-program")).Message.ShouldContain("install");
    }

    [Theory]
    [InlineData("1704067200 ok\nno time", "line 2: does not begin with a time")]
    [InlineData("1704067200 ok\n\n1704067200", "line 3: does not begin with a time")]
    [InlineData("{\"t\":\"recv\",\"conn\":\"w\",\"ts\":1,\"data\":\"x\"}\n{\"t\":\"recv\"", "line 2: is not sound JSON")]
    [InlineData("{\"t\":\"recv\",\"conn\":\"w\",\"ts\":1,\"data\":\"\\ud800\"}", "line 1: is not sound JSON")]
    [InlineData("{\"t\":\"recv\",\"conn\":\"w\",\"data\":\"x\"}", "line 1: has no 'ts'")]
    [InlineData("{\"t\":\"recv\",\"conn\":\"w\",\"ts\":\"soon\",\"data\":\"x\"}", "line 1: has a 'ts' that is no time")]
    [InlineData("{\"t\":\"dance\",\"conn\":\"w\",\"ts\":1,\"data\":\"x\"}", "line 1: has the unknown kind 'dance'")]
    [InlineData("{\"t\":\"recv\",\"conn\":\"w\",\"ts\":1,\"data\":{}}", "line 1: has a 'data' that is no text")]
    [InlineData("{\"kind\":\"recorded\",\"source\":\"x\"}", "line 1: has no 't'")]
    [InlineData("time,open,high", "is no recording")]
    [InlineData("", "is empty")]
    public void Names_file_and_line_of_what_is_wrong(string text, string complaint)
    {
        var path = Write("wrong", text);
        Should.Throw<DataValidationException>(() => Read(path)).Message.ShouldSatisfyAllConditions(m => m.ShouldStartWith(path), m => m.ShouldContain(complaint));
    }

    [Fact]
    public void Says_which_file_is_missing() => Should.Throw<DataValidationException>(() => Read("/nowhere/at.all")).Message.ShouldContain("/nowhere/at.all");

    [Fact]
    public void Reads_our_own_journal_as_a_folder_or_segment()
    {
        FeedInput[] inputs =
        [
            new(0, FeedInputKind.Started, 0, new Timestamp(1_704_067_200_000_000)), new(1, FeedInputKind.Opened, 4, new Timestamp(1_704_067_201_000_000)),
            new(1, FeedInputKind.Frame, 4, new Timestamp(1_704_067_202_000_000)), new(1, FeedInputKind.Fetched, 9, new Timestamp(1_704_067_203_000_000), 3),
        ];
        using (var journal = FeedJournal.Open(folder.Path, new JournalOptions(), TimeProvider.System))
        {
            foreach (var input in inputs) journal.Append(input, "text"u8);
        }

        var place = FeedJournal.FolderOf(folder.Path);
        foreach (var path in new[] { place, Directory.GetFiles(place, "*.mtsj").Single() })
        {
            using var reader = new RecordingReader([path]);
            foreach (var input in inputs)
            {
                reader.TryRead(out var recorded).ShouldBeTrue();
                recorded.Input.ShouldBe(input);
                Text(recorded).ShouldBe($"{input.Kind} {(input.Number == 4 ? 4 : 0)}.1 {input.Time}  text");
            }

            reader.TryRead(out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("binance/hft_spot_btcusdt_20240808.gz", 41_248, 1)]
    [InlineData("binance/hft_usdm_btcusdt_20230404.dat.gz", 13_383, 1)]
    [InlineData("binance/cf_spot_session_20211012.jsonl.zst", 265, 5)]
    [InlineData("bybit/cf_v5_linear_orderbook1_20250613.jsonl", 202, 0)]
    public void Reads_what_was_really_recorded(string file, int frames, int fetched)
    {
        var recordings = Environment.GetEnvironmentVariable("MTS_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(recordings), "MTS_RECORDINGS names no folder");
        var counts = new Dictionary<FeedInputKind, int>();
        using var reader = new RecordingReader([Path.Combine(recordings!, file)]);
        while (reader.TryRead(out var input)) counts[input.Kind] = counts.GetValueOrDefault(input.Kind) + 1;
        counts.GetValueOrDefault(FeedInputKind.Frame).ShouldBe(frames);
        counts.GetValueOrDefault(FeedInputKind.Fetched).ShouldBe(fetched);
    }

    public void Dispose() => folder.Dispose();

    private static List<string> Read(params IReadOnlyList<string> paths)
    {
        var read = new List<string>();
        using var reader = new RecordingReader(paths);
        while (reader.TryRead(out var input)) read.Add(Text(input));
        return read;
    }

    private static string Text(in RecordedInput input) =>
        $"{input.Kind} {input.Connection}.{input.Epoch} {input.Time} {input.Url} {Encoding.UTF8.GetString(input.Bytes.Span)}";

    // What a shell's <(…) names.
    private static string Pipe(byte[] content)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.Write(content);
        return $"/dev/fd/{pipe.GetClientHandleAsString()}";
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }

    private string Gzip(string name, string text)
    {
        using var file = new GZipStream(File.Create(folder.File(name)), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(text));
        return folder.File(name);
    }

    private static string Zstd(string path)
    {
        try
        {
            using var packer = Process.Start("zstd", ["-qf", path, "-o", path + ".zst"]);
            packer.WaitForExit();
            return path + ".zst";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("zstd is not installed");
            throw;
        }
    }
}
