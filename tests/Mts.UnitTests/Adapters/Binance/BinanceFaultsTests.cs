using System.Text;
using Mts.Adapters.Binance;
using Mts.Adapters.Http;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Binance;

public sealed class BinanceFaultsTests
{
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_785_050_000_000);

    [Theory]
    [InlineData(200, "[]")]
    [InlineData(200, """{"lastUpdateId":1,"code":-1,"msg":"a field of tomorrow"}""")]
    [InlineData(200, """{"serverTime":1}""")]
    [InlineData(502, "<html>")]
    public void Leaves_other_answers_to_their_status(int status, string body) => Read(status, body).ShouldBeNull();

    [Fact]
    public void Reads_code_and_message_and_adds_what_to_do()
    {
        var fault = Read(400, """{"code":-1121,"msg":"Invalid symbol."}""").ShouldNotBeNull();
        fault.Code.ShouldBe("-1121");
        fault.Message.ShouldBe("Invalid symbol. The venue lists no such market; 'mts symbols' shows those there are.");
        fault.Kind.ShouldBeNull(); // 400 is refused by its status.
    }

    [Fact]
    public void Finds_the_end_of_a_ban_in_the_text_where_no_header_tells_it()
    {
        const string Body = """{"code":-1003,"msg":"Way too much request weight used; IP banned until 1785050129644. Please use WebSocket Streams for live updates to avoid bans."}""";
        var fault = Read(418, Body).ShouldNotBeNull();
        fault.Kind.ShouldBe(FaultKind.Banned);
        fault.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(129_644));
        Read(418, Body, ("Retry-After", "180"))!.RetryAfter.ShouldBeNull(); // The header counts.
    }

    [Theory]
    [InlineData(429, """{"code":-1003,"msg":"Too much request weight used."}""", FaultKind.RateLimited)]
    [InlineData(429, "", FaultKind.RateLimited)]
    [InlineData(418, "", FaultKind.Banned)]
    [InlineData(400, """{"code":-1003,"msg":"Too many requests."}""", FaultKind.RateLimited)]
    [InlineData(403, "<html>Forbidden</html>", FaultKind.RateLimited)]
    [InlineData(400, """{"code":-1001,"msg":"Internal error."}""", FaultKind.Transient)]
    [InlineData(200, """{"code":-1102,"msg":"Mandatory parameter."}""", FaultKind.Refused)]
    [InlineData(451, "{\n  \"code\": 0,\n  \"msg\": \"Service unavailable from a restricted location\"\n}", FaultKind.Refused)]
    public void Tells_a_pause_from_a_ban_from_a_refusal(int status, string body, FaultKind kind) => Read(status, body)!.Kind.ShouldBe(kind);

    [Fact]
    public void Says_of_a_blocked_location_what_can_be_done() => Read(451, "")!.Message!.ShouldContain("data-api.binance.vision");

    [Fact]
    public void Knows_every_recorded_error()
    {
        foreach (var error in Recordings.Read("binance/errors.jsonl"))
        {
            var fault = BinanceFaults.Read(new ServiceResponse("", error.Status, error.Body, error.Headers, Now)).ShouldNotBeNull();
            (error.Status, fault.Kind).ShouldBeOneOf(
                (400, null), (418, FaultKind.Banned), (429, FaultKind.RateLimited), (451, FaultKind.Refused));
            fault.Message!.Length.ShouldBeGreaterThan(10);
        }
    }

    private static ServiceFault? Read(int status, string body, params (string Name, string Value)[] headers) =>
        BinanceFaults.Read(new ServiceResponse("", status, Encoding.UTF8.GetBytes(body), headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase), Now));
}
