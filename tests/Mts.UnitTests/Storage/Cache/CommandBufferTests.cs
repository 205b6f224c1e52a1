using System.Text;
using Mts.Storage.Cache.Redis;

namespace Mts.UnitTests.Storage.Cache;

public sealed class CommandBufferTests
{
    [Fact]
    public void Writes_commands_as_the_protocol_page_shows_them()
    {
        var commands = new CommandBuffer().Command("LLEN", "mylist");
        commands.Begin(5).Add("SET"u8).Add("größe").Add([0, (byte)'\r', (byte)'\n']).Add("PX"u8).Add(-9_223_372_036_854_775_808);

        commands.Commands.ShouldBe(2);
        Encoding.UTF8.GetString(commands.Written.Span).ShouldBe(
            "*2\r\n$4\r\nLLEN\r\n$6\r\nmylist\r\n*5\r\n$3\r\nSET\r\n$7\r\ngröße\r\n$3\r\n\0\r\n\r\n$2\r\nPX\r\n$20\r\n-9223372036854775808\r\n");
    }

    [Fact]
    public void What_it_writes_a_parser_reads()
    {
        var random = new Random(3);
        var commands = new CommandBuffer();
        var values = Enumerable.Range(0, 500).Select(_ => new byte[random.Next(3_000)]).ToList();
        foreach (var value in values)
        {
            random.NextBytes(value);
            var one = new CommandBuffer();
            one.Begin(2).Add("ECHO").Add(value);
            commands.Append(one);
        }

        var replies = new List<RespValue>();
        new RespParser(new RespLimits()).Feed(commands.Written.Span, replies);
        replies.Select(r => r.Items![1].Bytes).ShouldBe(values);
        commands.Commands.ShouldBe(500);
        commands.Clear();
        commands.Length.ShouldBe(0);
    }
}
