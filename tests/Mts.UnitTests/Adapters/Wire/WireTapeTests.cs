using System.Text;
using System.Text.Json;
using Mts.Adapters.Wire;

namespace Mts.UnitTests.Adapters.Wire;

public sealed class WireTapeTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}""")]
    [InlineData(""" [ 1 , "x" , null , true , -1.5e3 ] """)]
    [InlineData("""{"x":"\ud83d\ude00 \u00e9 \\ud800 é"}""")]
    public void Reads_what_is_right(string document) => Problem(document).ShouldBeNull();

    [Theory]
    [InlineData("", FrameProblem.BrokenJson)]
    [InlineData("   ", FrameProblem.BrokenJson)]
    [InlineData("{", FrameProblem.BrokenJson)]
    [InlineData("""{"a":1}x""", FrameProblem.BrokenJson)]
    [InlineData("""{"a":1}{"a":1}""", FrameProblem.BrokenJson)]
    [InlineData("""{"a":1,}""", FrameProblem.BrokenJson)]
    [InlineData("""{"a":01}""", FrameProblem.BrokenJson)]
    [InlineData("""{"a":NaN}""", FrameProblem.BrokenJson)]
    [InlineData("{'a':1}", FrameProblem.BrokenJson)]
    [InlineData("{\"a\":1}\0", FrameProblem.BrokenJson)]
    [InlineData("{\"a\":\"\0\"}", FrameProblem.BrokenJson)]
    [InlineData("\uFEFF{\"a\":1}", FrameProblem.BrokenJson)]
    [InlineData("""{"a":1/*x*/}""", FrameProblem.BrokenJson)]
    [InlineData("""{"a":1,"a":1}""", FrameProblem.NameTwice)]
    [InlineData("""{"x":[{"b":{"cc":1,"d":2,"cc":3}}]}""", FrameProblem.NameTwice)]
    [InlineData("""{"\u0061":1}""", FrameProblem.EscapedName)]
    [InlineData("""{"a":"\ud800"}""", FrameProblem.HalfCharacter)]
    [InlineData("""{"a":"\ude00\ud83d"}""", FrameProblem.HalfCharacter)]
    [InlineData("""{"a":"\ud800\n"}""", FrameProblem.HalfCharacter)]
    public void Refuses_what_is_not_strictly_one_document(string document, string problem) => Problem(document).ShouldBe(problem);

    [Fact]
    public void Refuses_bytes_that_are_no_text()
    {
        new WireTape().Read([.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8]).ShouldBe(FrameProblem.NotUtf8);
        new WireTape().Read([.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]).ShouldBe(FrameProblem.NotUtf8); // A half character in bytes.
    }

    [Fact]
    public void Bounds_depth_number_and_names()
    {
        Problem(new string('[', 10_000) + new string(']', 10_000)).ShouldBe(FrameProblem.BrokenJson);
        Problem("[" + string.Join(',', Enumerable.Repeat('1', 1_000_000)) + "]").ShouldBe(FrameProblem.TooLarge);
        Problem("{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":1")) + "}").ShouldBe(FrameProblem.TooLarge);
        Problem("[" + string.Join(',', Enumerable.Repeat("""["1","2"]""", 10_000)) + "]").ShouldBeNull();
    }

    [Fact]
    public void Says_where_each_value_stands()
    {
        var document = """{"a":{"b":[1,"two"]},"c":-3}"""u8;
        var tape = new WireTape();
        tape.Read(document).ShouldBeNull();
        var view = new FrameView(tape, document);
        var list = view.Find(view.Find(0, "a"u8), "b"u8);
        view.TypeOf(list).ShouldBe(JsonTokenType.StartArray);
        Encoding.UTF8.GetString(view.Text(list + 2)).ShouldBe("two");
        view.EndOf(list).ShouldBe(list + 3);
        view.Find(0, "b"u8).ShouldBe(-1);
        view.Integer(0, "c"u8).ShouldBe(0); // Ids and times are never negative.
        view.Problem.ShouldBe(FrameProblem.WrongType);
    }

    private static string? Problem(string document) => new WireTape().Read(Encoding.UTF8.GetBytes(document));
}
