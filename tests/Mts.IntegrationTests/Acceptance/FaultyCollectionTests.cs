using Mts.Cli;
using Mts.Simulator;
using Mts.Simulator.Faults;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>A collection over services of which every tenth answer goes wrong, repeated until it exits 0, ends with the data of one over good services.</summary>
public sealed class FaultyCollectionTests
{
    // One in ten of all requests: each fault of the transport has its part.
    private const string TenPercent = "429:0.02,5xx:0.02,html200:0.02,slow:0.01,truncate:0.015,reset:0.015";

    private static readonly string[] lines =
    [
        "collect --days 900 --symbols BTC ETH SOL XRP ADA",
        "collect --start 2025-10-12 --end 2026-03-10 --symbols BTC ETH SOL --interval 1h --source bybit",
        "collect --start 2026-03-08 --end 2026-03-10 --symbols BTC ETH --interval 1m",
        "collect --start 2026-02-20 --end 2026-03-10 --symbols BTC ETH --source coingecko",
        "collect-macro --macro-indicators ALL --days 400",
        "collect-funding --days 700 --symbols BTC ETH SOL",
        "collect-funding --days 200 --symbols BTC ETH --source bybit",
    ];

    // Without retries every fault surfaces, and each one costs a repetition.
    [Theory]
    [InlineData(1, 0, 200)]
    [InlineData(3, 1, 50)]
    [InlineData(4, 3, 5)]
    public async Task Repeated_until_it_exits_0_it_has_all_data(ulong seed, int retries, int mostRepeats)
    {
        var faults = FaultPlan.Parse(TenPercent, slowFor: TimeSpan.FromSeconds(8), retryAfter: TimeSpan.FromSeconds(1));
        var (good, _, _) = await CollectAsync(new SimulatorOptions { Seed = seed, Limits = RateLimits.None, Clock = ShiftedClock.Midweek() }, 3, 1);
        var (bad, fired, requests) = await CollectAsync(new SimulatorOptions { Seed = seed, Limits = RateLimits.None, Clock = ShiftedClock.Midweek(), Faults = faults }, retries, mostRepeats);

        bad.Count.ShouldBeGreaterThan(25_000);
        bad.Except(good).ShouldBeEmpty();
        good.Except(bad).ShouldBeEmpty();
        bad.Count.ShouldBe(good.Count);
        fired.ShouldBeGreaterThan(requests / 20);
    }

    private static async Task<(IReadOnlyList<string> Data, int Fired, int Requests)> CollectAsync(SimulatorOptions options, int retries, int mostRepeats)
    {
        await using var simulator = await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken);
        using var desk = new Desk { Clock = ShiftedClock.Midweek() };
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) desk.Variables[name] = value;
        desk.Variables["MTS__Http__Retries"] = $"{retries}";
        desk.Variables["MTS__Http__RetryDelay"] = "2ms";
        desk.Variables["MTS__Http__TryTimeout"] = "2s";
        desk.Variables["MTS__Http__BreakerFailures"] = "100";
        desk.Variables["MTS__Http__Budgets__coingecko__Weight"] = "1000000";
        foreach (var line in lines)
        {
            var runs = 1;
            for (var said = await desk.RunAsync(line); said.ExitCode != 0; said = await desk.RunAsync(line), runs++)
            {
                said.With(4).Error.ShouldContain("what had arrived is stored");
                runs.ShouldBeLessThan(mostRepeats, $"mts {line}\n{said.Error}");
            }
        }

        (await desk.RunAsync("data verify")).With(0);
        var data = desk.Query("select venue, symbol, interval, timestamp, open, high, low, close, volume from bars order by 1, 2, 3, 4")
            .Concat(desk.Query("select indicator, date, value, known_time from macro_vintages order by 1, 2, 4"))
            .Concat(desk.Query("select exchange, symbol, timestamp, funding_rate, mark_price from funding_rates order by 1, 2, 3"))
            .Concat(desk.Query("select venue, asset, timestamp, price, trailing_volume from points order by 1, 2, 3"));
        return ([.. data], simulator.Ledger.Entries.Count(e => e.Fault is not null), simulator.Ledger.Requests);
    }
}
