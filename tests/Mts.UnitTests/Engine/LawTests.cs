using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;
using Mts.Engine;
using Mts.Engine.Reports;

namespace Mts.UnitTests.Engine;

/// <summary>What holds for every run, over seeded markets and scripts.</summary>
public sealed class LawTests
{
    private static readonly BacktestOptions Shorts = new() { AllowShort = true, EquityPerBar = true };

    [Fact]
    public void Money_is_conserved_to_the_last_digit()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var result = RandomRun(seed);
            var expected = 100_000m + result.Trades.Sum(t => t.Pnl) + result.OpenPositions.Sum(p => p.UnrealizedPnl);
            result.Metrics.FinalEquity.ShouldBe(expected, $"seed {seed}");
            result.Metrics.Fees.ShouldBe(result.Trades.Sum(t => t.Fees) + result.OpenPositions.Sum(p => p.Fees), $"seed {seed}");
            ((decimal)result.Equity[^1].Value).ShouldBe(result.Metrics.FinalEquity, 0.0001m, $"seed {seed}");
        }
    }

    [Fact]
    public void Instruments_with_shares_of_their_own_are_as_many_single_runs()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            BarSeries[] series = [Runs.Random(seed, 200, "BTC/USDT"), Runs.Random(seed + 1000, 200, "ETH/USDT"), Runs.Random(seed + 2000, 200, "SOL/USDT")];
            var joint = Runs.Run(Runs.SmaCross(3, 9), new BacktestOptions(), series);
            decimal[] shares = [33_333.33333334m, 33_333.33333333m, 33_333.33333333m];
            var single = series.Select((s, i) => Runs.Run(Runs.SmaCross(3, 9), new BacktestOptions { Capital = shares[i] }, s)).ToArray();
            joint.Metrics.FinalEquity.ShouldBe(single.Sum(r => r.Metrics.FinalEquity), $"seed {seed}");
            joint.Metrics.Fees.ShouldBe(single.Sum(r => r.Metrics.Fees));
            joint.Trades.Select(t => (t.Symbol, t.Quantity, t.EntryTime, t.Pnl)).OrderBy(t => t.Symbol).ThenBy(t => t.EntryTime)
                .ShouldBe(single.SelectMany(r => r.Trades).Select(t => (t.Symbol, t.Quantity, t.EntryTime, t.Pnl)).OrderBy(t => t.Symbol).ThenBy(t => t.EntryTime));
            joint.Metrics.BenchmarkReturn!.Value.ShouldBe(single.Average(r => r.Metrics.BenchmarkReturn!.Value), 1e-9);
        }
    }

    [Fact]
    public void Higher_costs_never_leave_more()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var series = Runs.Random(seed, 300);
            var finals = new[] { 0m, 1m, 10m, 50m }.Select(f => Runs.Run(Runs.SmaCross(3, 9), new BacktestOptions { FeeBps = f, SlippageBps = f }, series).Metrics.FinalEquity).ToArray();
            finals.ShouldBe([.. finals.OrderDescending()], $"seed {seed}");
        }
    }

    [Fact]
    public void Another_future_leaves_the_past_as_it_was()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            const int Cut = 150;
            var (real, other) = (Runs.Random(seed, 200), Runs.Random(seed + 500, 200));
            var mixed = BarSeries.From(real.Key, true, [.. Enumerable.Range(0, 200).Select(i => i < Cut ? real[i] : other[i])]);
            var (a, b) = (Runs.Run(Scripted(seed, 1, 200), Shorts, real), Runs.Run(Scripted(seed, 1, 200), Shorts, mixed));
            var end = real[Cut].OpenTime;
            b.Equity.Where(p => p.Time <= end).ShouldBe(a.Equity.Where(p => p.Time <= end), $"seed {seed}");
            b.Trades.Where(t => t.ExitTime < end).ShouldBe(a.Trades.Where(t => t.ExitTime < end), $"seed {seed}");
            b.Signals.Where(s => s.Time <= end).ShouldBe(a.Signals.Where(s => s.Time <= end).ToList(), $"seed {seed}");
        }
    }

    [Fact]
    public void The_benchmark_is_buying_and_holding()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var result = Runs.Run(Runs.BuyHold(), new BacktestOptions(), Runs.Random(seed, 60), Runs.Random(seed + 9, 60, "ETH/USDT"));
            result.Metrics.BenchmarkReturn.ShouldBe(result.Metrics.TotalReturn, $"seed {seed}");
            result.Benchmark.Zip(result.Equity).ShouldAllBe(p => Math.Abs(p.First.Value - p.Second.Value) < 1e-6);
        }
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        for (var seed = 0; seed < 10; seed++) BacktestJson.Write(RandomRun(seed)).ShouldBe(BacktestJson.Write(RandomRun(seed)));
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var series = Runs.Random(1, 10_000, interval: Interval.Minute);
        Should.Throw<OperationCanceledException>(() =>
            Backtest.Run(Runs.Inputs(series), [Runs.BuyHold()], null, null, new BacktestOptions(), Runs.Labels, source.Token));
    }

    // Three markets, one of which is closed for a while; random targets, stops and horizons.
    private static BacktestResult RandomRun(int seed)
    {
        BarSeries[] series =
        [
            Runs.Random(seed, 200, "BTC/USDT"),
            BarSeries.From(Runs.Random(0, 1, "ETH/USDT").Key, true, [.. Bars(Runs.Random(seed + 100, 200, "ETH/USDT")).Where((_, i) => i is < 80 or > 95)]),
            Runs.Random(seed + 200, 200, "SOL/USDT:USDT"),
        ];
        var inputs = Runs.Inputs(series);
        var random = new Random(seed);
        FundingRate[] rates = [.. Enumerable.Range(0, 600).Select(i => new FundingRate(Runs.Start + TimeSpan.FromHours(8 * i), (random.NextDouble() - 0.4) * 0.001, null))];
        inputs = inputs with { Instruments = [inputs.Instruments[0], inputs.Instruments[1], inputs.Instruments[2] with { Funding = rates }] };
        return Runs.Run(Scripted(seed, 3, 200), Shorts with { AllowGaps = true }, inputs);
    }

    private static IEnumerable<Bar> Bars(BarSeries series) => Enumerable.Range(0, series.Length).Select(i => series[i]);

    internal static Script Scripted(int seed, int instruments, int bars)
    {
        var random = new Random(seed);
        var script = new Script(seed % 2 == 0 ? CapitalSharing.Shared : CapitalSharing.Equal);
        for (var i = 0; i < instruments; i++)
        {
            for (var bar = 0; bar < bars; bar += random.Next(1, 6))
            {
                var direction = (Direction)random.Next(-1, 2);
                var (size, distance, hasStop, hasTarget) = (random.NextDouble(), 0.01 + (random.NextDouble() * 0.05), random.Next(2) == 0, random.Next(2) == 0);
                TimeSpan? horizon = random.Next(3) == 0 ? TimeSpan.FromDays(random.Next(1, 9)) : null;
                script.At(bar, direction, s => s.With(
                    size,
                    hasStop && s.Direction != Direction.Flat ? s.Price * (1 - ((int)s.Direction * distance)) : null,
                    hasTarget && s.Direction != Direction.Flat ? s.Price * (1 + ((int)s.Direction * distance)) : null,
                    horizon), i);
            }
        }

        return script;
    }
}
