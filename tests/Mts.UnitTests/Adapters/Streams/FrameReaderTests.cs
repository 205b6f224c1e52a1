using System.Text;
using Mts.Adapters.Streams;

namespace Mts.UnitTests.Adapters.Streams;

public sealed class FrameReaderTests
{
    [Fact]
    public void Reads_the_examples_of_the_standard()
    {
        // RFC 6455, 5.7: an unmasked text, the same in two fragments, an unmasked ping.
        Read([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]).ShouldBe(["Text Hello"]);
        Read([0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f]).ShouldBe(["Text Hello"]);
        Read([0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]).ShouldBe(["Ping Hello"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Reads_every_form_of_the_length(int length)
    {
        var text = new string('x', length);
        Read(ServerFrames.Text(text)).ShouldBe([$"Text {text}"]);
    }

    [Fact]
    public void Finds_the_same_frames_wherever_the_bytes_are_split()
    {
        byte[] bytes =
        [
            .. ServerFrames.Text("first"), .. ServerFrames.Frame(0x89, "p"u8), .. ServerFrames.Text(new string('a', 300)),
            .. ServerFrames.Frame(0x01, "be"u8), .. ServerFrames.Frame(0x8A, "between"u8), .. ServerFrames.Frame(0x00, default), .. ServerFrames.Frame(0x80, "gun"u8),
            .. ServerFrames.Frame(0x88, [0x03, 0xE8]),
        ];
        string[] whole = ["Text first", "Ping p", $"Text {new string('a', 300)}", "Pong between", "Text begun", "Close \u0003\uFFFD"];
        Read(bytes).ShouldBe(whole);
        for (var split = 1; split < bytes.Length; split++) Read(bytes, [split]).ShouldBe(whole);
        Read(bytes, Enumerable.Range(1, bytes.Length - 1)).ShouldBe(whole);
    }

    [Fact]
    public void Reads_random_messages_in_random_fragments_from_random_pieces()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (bytes, expected) = (new List<byte>(), new List<string>());
            for (var n = random.Next(1, 12); n > 0; n--)
            {
                var message = Encoding.ASCII.GetBytes(new string((char)('a' + n), random.Next(0, 3_000)));
                var cuts = Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(0, message.Length / 5 + 1));
                bytes.AddRange(ServerFrames.Fragments(message, cuts.ToArray()));
                expected.Add($"Text {Encoding.ASCII.GetString(message)}");
            }

            var splits = Enumerable.Range(0, random.Next(0, 20)).Select(_ => random.Next(0, bytes.Count)).Order();
            Read([.. bytes], splits).ShouldBe(expected, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(1002, 0xC1, 0x00)] // reserved bit
    [InlineData(1002, 0x81, 0x80)] // masked
    [InlineData(1002, 0x80, 0x00)] // continuation of nothing
    [InlineData(1002, 0x83, 0x00)] // unknown data frame
    [InlineData(1002, 0x8B, 0x00)] // unknown control frame
    [InlineData(1002, 0x09, 0x00)] // ping in fragments
    [InlineData(1002, 0x89, 0x7E)] // ping of more than 125 bytes
    [InlineData(1003, 0x82, 0x00)] // binary
    [InlineData(1002, 0x01, 0x00, 0x81, 0x00)] // a text within a fragmented text
    [InlineData(1002, 0x81, 0x7E, 0x00, 0x7D)] // 125 in the long form
    [InlineData(1002, 0x81, 0x7F, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF)] // 65,535 in the longest form
    [InlineData(1002, 0x81, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)] // negative
    [InlineData(1009, 0x81, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)] // the largest there is
    [InlineData(1009, 0x81, 0x7F, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x01)] // one more than allowed
    public void Refuses_what_the_standard_forbids_with_its_code(int code, params int[] bytes) =>
        Should.Throw<FrameViolation>(() => Read([.. bytes.Select(b => (byte)b)])).Code.ShouldBe((ushort)code);

    [Fact]
    public void Counts_the_fragments_of_a_message_together()
    {
        byte[] fragments = [.. ServerFrames.Frame(0x01, new byte[800_000]), .. ServerFrames.Frame(0x80, new byte[800_000])];
        Should.Throw<FrameViolation>(() => Read(fragments)).Code.ShouldBe((ushort)1009);
    }

    [Fact]
    public void Survives_any_bytes_within_its_bounds()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            // Half of them begin as something that could be a frame.
            if (seed % 2 == 0) (bytes[0], bytes[^1]) = ((byte)(random.Next(2) * 0x80 | random.Next(11)), 0);
            var reader = new FrameReader(4_096, 1 << 20);
            try
            {
                Feed(reader, bytes, [], _ => { });
            }
            catch (FrameViolation violation)
            {
                violation.Code.ShouldBeOneOf((ushort)1002, (ushort)1003, (ushort)1009);
            }

            reader.Capacity.ShouldBeLessThanOrEqualTo(8_192);
        }
    }

    [Fact]
    public void Gives_memory_back_after_a_large_message()
    {
        var reader = new FrameReader(4_096, 1 << 20);
        Feed(reader, ServerFrames.Text(new string('x', 1_000_000)), Enumerable.Range(1, 240).Select(i => i * 4_000), _ => { });
        reader.Capacity.ShouldBeGreaterThan(1_000_000);
        for (var i = 0; i < 1_000; i++) Feed(reader, ServerFrames.Text("x"), [], _ => { });
        reader.Capacity.ShouldBe(4_096);
    }

    [Fact]
    public void Allocates_nothing_for_a_frame()
    {
        var reader = new FrameReader(64 * 1_024, 1 << 20);
        byte[] bytes = [.. ServerFrames.Text(new string('x', 1_100)), .. ServerFrames.Fragments(new byte[2_000], 700, 700), .. ServerFrames.Frame(0x89, "p"u8)];
        var frames = 0;
        for (var i = 0; i < 100; i++) frames += Pass(reader, bytes);
        var passes = 100;
        Allocated.By(() =>
        {
            for (var i = 0; i < 1_000; i++, passes++) frames += Pass(reader, bytes);
        }).ShouldBe(0);
        frames.ShouldBe(3 * passes);
    }

    private static int Pass(FrameReader reader, byte[] bytes)
    {
        bytes.CopyTo(reader.Space());
        reader.Received(bytes.Length);
        var frames = 0;
        while (reader.Read(out _) != FrameKind.None) frames++;
        return frames;
    }

    private static List<string> Read(byte[] bytes, params IEnumerable<int> splits)
    {
        var found = new List<string>();
        Feed(new FrameReader(4_096, 1 << 20), bytes, splits, found.Add);
        return found;
    }

    private static void Feed(FrameReader reader, byte[] bytes, IEnumerable<int> splits, Action<string> found)
    {
        var from = 0;
        foreach (var to in splits.Append(bytes.Length))
        {
            while (from < to)
            {
                var space = reader.Space();
                var count = Math.Min(space.Length, to - from);
                bytes.AsMemory(from, count).CopyTo(space);
                reader.Received(count);
                from += count;
                while (reader.Read(out var payload) is not FrameKind.None and var kind) found($"{kind} {Encoding.UTF8.GetString(payload)}");
            }
        }
    }
}
