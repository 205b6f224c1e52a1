using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Mts.Simulator;
using Mts.Simulator.Faults;

namespace Mts.IntegrationTests.Simulator;

public sealed class FaultTests
{
    private const string Path = "/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=200";
    private static readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_truncated_answer_breaks_off_before_its_announced_length()
    {
        await using var sim = await StartAsync("truncate:1");
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(sim.BinanceSpot, Path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(cancellationToken));
        sim.Ledger.Faults.ShouldBe(new Dictionary<FaultKind, int> { [FaultKind.Truncate] = 1 });
    }

    [Fact]
    public async Task A_reset_kills_the_connection_without_an_answer()
    {
        await using var sim = await StartAsync("reset:1");
        using var http = new HttpClient();
        var failure = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri(sim.BinanceSpot, Path), cancellationToken));
        failure.GetBaseException().ShouldBeAssignableTo<Exception>().ShouldSatisfyAllConditions(e => (e is SocketException or HttpIOException).ShouldBeTrue(e.ToString()));
        sim.Ledger.Entries.Single().Status.ShouldBe(0);
    }

    [Fact]
    public async Task A_short_answer_is_whole_to_the_transport_and_no_json()
    {
        await using var sim = await StartAsync("short:1");
        using var http = new HttpClient();
        var body = await http.GetStringAsync(new Uri(sim.BinanceSpot, Path), cancellationToken);
        Should.Throw<JsonException>(() => JsonDocument.Parse(body));
    }

    [Theory]
    [InlineData("html200:1", 200, "<!DOCTYPE html>")]
    [InlineData("429:1", 429, "-1003")]
    [InlineData("5xx:1", 500, "-10")]
    [InlineData("garbage:1", 200, "")]
    [InlineData("empty:1", 200, "")]
    public async Task Other_faults_are_answers(string plan, int status, string text)
    {
        await using var sim = await StartAsync(plan);
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(sim.BinanceSpot, Path), cancellationToken);
        ((int)response.StatusCode).ShouldBeInRange(status, status == 500 ? 504 : status);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        body.ShouldContain(text);
        body.ShouldNotContain("[[");
        if (status == 429) response.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_slow_answer_is_the_right_one()
    {
        await using var quick = await StartAsync("");
        await using var slow = await SimulatorHost.StartAsync(
            new SimulatorOptions { Clock = new FixedClock(), Faults = FaultPlan.Parse("slow:1", TimeSpan.FromMilliseconds(80), null) }, cancellationToken);
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(slow.BinanceSpot, Path), cancellationToken)).ShouldBe(await http.GetStringAsync(new Uri(quick.BinanceSpot, Path), cancellationToken));
    }

    [Fact]
    public async Task The_same_seed_spoils_the_same_requests_at_the_asked_rate_and_asking_again_helps()
    {
        var first = await SpoiltAsync();
        var second = await SpoiltAsync();
        second.ShouldBe(first);
        first.Count.ShouldBeInRange(25, 75);
    }

    private static async Task<List<string>> SpoiltAsync()
    {
        await using var sim = await StartAsync("429:0.1,5xx:0.1,garbage:0.05");
        using var http = new HttpClient();
        var urls = Enumerable.Range(0, 200).Select(i => new Uri(sim.BinanceSpot, $"/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=1&endTime={1_700_000_000_000 + i}")).ToList();
        // In parallel: the order of arrival must not matter.
        await Parallel.ForEachAsync(urls, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (url, token) =>
        {
            using var response = await http.GetAsync(url, token);
        });
        foreach (var entry in sim.Ledger.Entries.Where(e => e.Fault is not null).ToList())
        {
            for (var attempt = 0; attempt < 12; attempt++)
            {
                using var again = await http.GetAsync(new Uri(sim.BinanceSpot, entry.Path), cancellationToken);
            }
        }

        var spoilt = sim.Ledger.Entries.Take(200).Where(e => e.Fault is not null).ToList();
        spoilt.ShouldAllBe(s => sim.Ledger.Entries.Any(e => e.Path == s.Path && e.Fault == null));
        return [.. spoilt.Select(e => $"{e.Path} {e.Fault}").Order(StringComparer.Ordinal)];
    }

    private static Task<SimulatorHost> StartAsync(string plan) =>
        SimulatorHost.StartAsync(new SimulatorOptions { Clock = new FixedClock(), Limits = RateLimits.None, Faults = FaultPlan.Parse(plan) }, cancellationToken);

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 12, 0, 30, TimeSpan.Zero);
    }
}
