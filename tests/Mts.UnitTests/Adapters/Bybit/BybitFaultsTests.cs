using System.Text;
using Mts.Adapters.Bybit;
using Mts.Adapters.Http;
using Mts.Core.Market;

namespace Mts.UnitTests.Adapters.Bybit;

public sealed class BybitFaultsTests
{
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    [Theory]
    [InlineData(200, """{"retCode":0,"retMsg":"OK","result":{}}""")]
    [InlineData(200, """{"result":{"retCode":7},"time":1,"retMsg":"","retCode":0}""")]
    [InlineData(503, "<html>")]
    public void Leaves_other_answers_to_their_status(int status, string body) => Read(status, body).ShouldBeNull();

    [Theory]
    [InlineData("""{"retCode":10006,"retMsg":"Too many visits!","result":{}}""", "10006", FaultKind.RateLimited)]
    [InlineData("""{"time":1,"result":{},"retMsg":"server error","retCode":10016}""", "10016", FaultKind.Transient)]
    [InlineData("""{"retCode":10000,"retMsg":"Server Timeout"}""", "10000", FaultKind.Transient)]
    [InlineData("""{"retCode":10001,"retMsg":"params error"}""", "10001", FaultKind.Refused)]
    [InlineData("""{"retCode":10029,"retMsg":""}""", "10029", FaultKind.Refused)]
    public void Reads_the_code_of_an_answer_whose_status_is_200(string body, string code, FaultKind kind)
    {
        var fault = Read(200, body).ShouldNotBeNull();
        (fault.Code, fault.Kind).ShouldBe((code, kind));
    }

    [Fact]
    public void Waits_until_the_limit_is_reset_where_the_venue_says_when() =>
        Read(200, """{"retCode":10006,"retMsg":"Too many visits!"}""", ("X-Bapi-Limit-Reset-Timestamp", "1700000000750"))!.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(750));

    [Theory]
    [InlineData("access too frequent", FaultKind.Banned)]
    [InlineData("", FaultKind.Banned)]
    [InlineData("<HTML><H1>403 ERROR</H1>The Amazon CloudFront distribution is configured to block access from your country.</HTML>", FaultKind.Refused)]
    public void Tells_a_ban_from_a_blocked_country(string body, FaultKind kind) => Read(403, body)!.Kind.ShouldBe(kind);

    [Fact]
    public void Says_of_an_unknown_market_where_the_known_ones_are() =>
        Read(200, """{"retCode":10001,"retMsg":"params error: Symbol Invalid"}""")!.Message.ShouldBe("params error: Symbol Invalid The venue lists no such market; 'mts symbols' shows those there are.");

    [Fact]
    public void Knows_every_recorded_error()
    {
        foreach (var error in Recordings.Read("bybit/errors.jsonl"))
        {
            var fault = BybitFaults.Read(new ServiceResponse("", error.Status, error.Body, error.Headers, Now)).ShouldNotBeNull();
            (fault.Code, fault.Kind).ShouldBeOneOf(("10001", FaultKind.Refused), ("10006", FaultKind.RateLimited));
        }
    }

    private static ServiceFault? Read(int status, string body, params (string Name, string Value)[] headers) =>
        BybitFaults.Read(new ServiceResponse("", status, Encoding.UTF8.GetBytes(body), headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase), Now));
}
