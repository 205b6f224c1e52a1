using System.Text;
using Mts.Core;
using Mts.Storage.Cache.Redis;

namespace Mts.UnitTests.Storage.Cache;

public sealed class RespParserTests
{
    private static readonly RespLimits Small = new() { Line = 100, Bulk = 1_000, Reply = 2_000, Items = 50, Depth = 4 };

    // Each as https://redis.io/docs/latest/develop/reference/protocol-spec/ shows or describes it.
    public static TheoryData<string, string> Replies => new()
    {
        { "+OK\r\n", "Simple OK" },
        { "+\r\n", "Simple " },
        { "-ERR unknown command 'asdf'\r\n", "Error ERR unknown command 'asdf'" },
        { ":0\r\n", "Integer 0" },
        { ":+1000\r\n", "Integer 1000" },
        { ":-9223372036854775808\r\n", "Integer -9223372036854775808" },
        { "$5\r\nhello\r\n", "Bulk hello" },
        { "$0\r\n\r\n", "Bulk " },
        { "$4\r\n\r\n\r\n\r\n", "Bulk \r\n\r\n" },
        { "$-1\r\n", "Null" },
        { "*-1\r\n", "Null" },
        { "_\r\n", "Null" },
        { "*0\r\n", "Array[]" },
        { "*2\r\n$5\r\nhello\r\n$5\r\nworld\r\n", "Array[Bulk hello, Bulk world]" },
        { "*3\r\n:1\r\n*1\r\n+a\r\n$-1\r\n", "Array[Integer 1, Array[Simple a], Null]" },
        { "#t\r\n", "Boolean 1" },
        { "#f\r\n", "Boolean 0" },
        { ",1.23\r\n", "Double 1.23" },
        { ",-inf\r\n", "Double -inf" },
        { ",10\r\n", "Double 10" },
        { ",nan\r\n", "Double nan" },
        { "(3492890328409238509324850943850943825024385\r\n", "BigNumber 3492890328409238509324850943850943825024385" },
        { "!21\r\nSYNTAX invalid syntax\r\n", "Error SYNTAX invalid syntax" },
        { "=15\r\ntxt:Some string\r\n", "Bulk Some string" },
        { "%2\r\n+first\r\n:1\r\n+second\r\n:2\r\n", "Map[Simple first, Integer 1, Simple second, Integer 2]" },
        { "%0\r\n", "Map[]" },
        { "~2\r\n:1\r\n#t\r\n", "Set[Integer 1, Boolean 1]" },
        { ">3\r\n+message\r\n+channel\r\n$1\r\nx\r\n", "Push[Simple message, Simple channel, Bulk x]" },
        { "|1\r\n+key-popularity\r\n%1\r\n$1\r\na\r\n,0.1923\r\n*2\r\n:2039123\r\n:9543892\r\n", "Array[Integer 2039123, Integer 9543892]" },
        { "*2\r\n:1\r\n|1\r\n+ttl\r\n:3600\r\n:2\r\n", "Array[Integer 1, Integer 2]" },
    };

    public static TheoryData<string> Nonsense =>
    [
        "HTTP/1.1 400 Bad Request\r\n", "\r\n", "+OK\n", "+O\rK\r\n", "?1\r\n", ":\r\n", ":1x\r\n", ":12345678901234567890\r\n", ": 1\r\n", ":--1\r\n",
        "$\r\n", "$-2\r\n", "$+5\r\nhello\r\n", "$5\r\nhelloworld\r\n", "$5\r\nhello\n\r", "$1001\r\n", "$99999999999999999999\r\n", "$?\r\n", "*-2\r\n", "*51\r\n", "*4294967296\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", "%26\r\n", "%-1\r\n", "~-1\r\n", "#x\r\n", "#\r\n", "_x\r\n", ",abc\r\n", ",\r\n", "(12a\r\n", "=3\r\nabc\r\n", "=-1\r\n", "!-1\r\n", "\0\0\0\r\n",
    ];

    [Theory]
    [MemberData(nameof(Replies))]
    public void Reads_every_kind_of_reply_however_it_is_cut(string wire, string shown)
    {
        var bytes = Encoding.UTF8.GetBytes(wire + "+END\r\n");
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var parser = new RespParser(Small);
            var replies = new List<RespValue>();
            parser.Feed(bytes.AsSpan(0, cut), replies);
            parser.Feed(bytes.AsSpan(cut), replies);
            replies.Select(Show).ShouldBe([shown, "Simple END"], $"cut at {cut}");
            parser.IsWithin.ShouldBeFalse();
        }

        ReadOneByOne(bytes, Small).Select(Show).ShouldBe([shown, "Simple END"]);
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Refuses_what_is_no_reply_or_too_much_however_it_is_cut(string wire)
    {
        var bytes = Encoding.UTF8.GetBytes(wire + "+END\r\n");
        var refusal = Should.Throw<RespException>(() => new RespParser(Small).Feed(bytes, []));
        refusal.ShouldBeAssignableTo<ApiException>();
        refusal.Message.ShouldContain("Redis server");
        Should.Throw<RespException>(() => ReadOneByOne(bytes, Small));
    }

    [Fact]
    public void Refuses_a_line_without_end() =>
        Should.Throw<RespException>(() => ReadOneByOne(Encoding.UTF8.GetBytes("+" + new string('x', 200)), Small)).Message.ShouldContain("longer than 100 bytes");

    [Fact]
    public void Refuses_a_reply_whose_values_together_are_too_many_bytes()
    {
        var three = "*3\r\n" + string.Concat(Enumerable.Repeat($"$900\r\n{new string('x', 900)}\r\n", 3));
        Should.Throw<RespException>(() => new RespParser(Small).Feed(Encoding.UTF8.GetBytes(three), [])).Message.ShouldContain("longer than 2000 bytes");

        var apart = string.Concat(Enumerable.Repeat($"$900\r\n{new string('x', 900)}\r\n", 30));
        var replies = new List<RespValue>();
        new RespParser(Small).Feed(Encoding.UTF8.GetBytes(apart), replies);
        replies.Count.ShouldBe(30);
    }

    [Fact]
    public void A_promised_length_takes_no_memory_before_it_comes()
    {
        var promise = Encoding.UTF8.GetBytes("$33554432\r\nx");
        Allocated.By(() => new RespParser(new RespLimits()).Feed(promise, [])).ShouldBeLessThan(100_000);
        Allocated.By(() => new RespParser(new RespLimits()).Feed("*1048576\r\n:1\r\n"u8, [])).ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Mutated_replies_are_read_or_refused_and_cuts_change_nothing()
    {
        var random = new Random(7);
        var samples = Replies.Select(r => Encoding.UTF8.GetBytes(((ITheoryDataRow)r).GetData()[0] as string ?? "")).ToArray();
        var (read, refused) = (0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            var wire = Enumerable.Range(0, 3).SelectMany(_ => samples[random.Next(samples.Length)]).ToList();
            for (var m = random.Next(4); m > 0; m--) Mutate(wire, random);
            var whole = Outcome([.. wire], () => int.MaxValue);
            Outcome([.. wire], () => random.Next(1, 8)).ShouldBe(whole, Encoding.UTF8.GetString([.. wire]));
            _ = whole.EndsWith("refused", StringComparison.Ordinal) ? refused++ : read++;
        }

        read.ShouldBeGreaterThan(20_000);
        refused.ShouldBeGreaterThan(20_000);
    }

    private static void Mutate(List<byte> wire, Random random)
    {
        var at = random.Next(wire.Count);
        switch (random.Next(4))
        {
            case 0:
                wire[at] = (byte)random.Next(256);
                break;
            case 1:
                wire.RemoveAt(at);
                break;
            case 2:
                wire.Insert(at, (byte)"\r\n$*:-0123456789"[random.Next(16)]);
                break;
            default:
                wire[at] = (byte)"+-:$*_,#!=(%~>|"[random.Next(15)];
                break;
        }

        if (wire.Count == 0) wire.Add(0);
    }

    private static string Outcome(byte[] wire, Func<int> step)
    {
        var parser = new RespParser(Small);
        var replies = new List<RespValue>();
        try
        {
            for (var at = 0; at < wire.Length;)
            {
                var piece = (int)Math.Min((long)step(), wire.Length - at);
                parser.Feed(wire.AsSpan(at, piece), replies);
                at += piece;
            }

            return $"{string.Join(';', replies.Select(Show))} within {parser.IsWithin}";
        }
        catch (RespException)
        {
            return $"{string.Join(';', replies.Select(Show))} refused";
        }
    }

    private static List<RespValue> ReadOneByOne(byte[] bytes, RespLimits limits)
    {
        var parser = new RespParser(limits);
        var replies = new List<RespValue>();
        foreach (var b in bytes) parser.Feed([b], replies);
        return replies;
    }

    private static string Show(RespValue value) => value switch
    {
        { Kind: RespKind.Null } => "Null",
        { Items: { } items } => $"{value.Kind}[{string.Join(", ", items.Select(Show))}]",
        _ => $"{value.Kind} {value.Text}",
    };
}
