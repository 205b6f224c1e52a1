using Mts.Cli.Live.Simulation;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime;

namespace Mts.UnitTests.Realtime;

/// <summary>Each guard is taken away once, and the simulation must notice: a checker that cannot fail proves nothing.</summary>
public sealed class SabotageTests(ITestOutputHelper output)
{
    private const int Tries = 6;

    /// <summary>Guards, and faults that bring what they are there for.</summary>
    public static TheoryData<string, string> Guards => new()
    {
        { "a number left out is a gap", "ws-drop:0.02" },
        { "a number left out is a gap", "ws-reorder:0.02" },
        { "the first change bridges the snapshot", "snapshot-stale:0.6" },
        { "what the snapshot has is not applied again", "ws-cut:0.003" },
        { "what was applied is not applied again", "ws-replay@5s~1s" },
        { "trades are counted", "ws-trade-gap@32s" },
        { "a bar is closed after its end", "ws-kline-open:0.25" },
        { "quotes and audits find a wrong level", "ws-wrong-level:0.3" },
        { "silence is noticed", "ws-mute:0.003" },
        { "silence is noticed", "ws-half-open:0.0015" },
    };

    [Theory]
    [MemberData(nameof(Guards))]
    public void Is_noticed(string guard, string faults)
    {
        for (var seed = 1UL; seed <= Tries; seed++)
        {
            if (Run(faults, seed, guard) is not [var first, ..]) continue;
            output.WriteLine($"seed {seed}: {first}");
            Run(faults, seed, guard: null).ShouldBeEmpty($"world {seed} with all guards");
            return;
        }

        Assert.Fail($"nobody noticed in {Tries} worlds that this guard was gone: {guard}");
    }

    [Theory]
    [InlineData("binance", MarketKind.Spot)]
    [InlineData("binance", MarketKind.Perpetual)]
    [InlineData("bybit", MarketKind.Spot)]
    [InlineData("bybit", MarketKind.Perpetual)]
    public void A_change_that_is_applied_again_after_later_ones_is_noticed_at_each_venue(string venue, MarketKind market)
    {
        var seen = Run("ws-replay@5s~1s", 1, "what was applied is not applied again", p => p.Venue == venue && p.Market == market);
        seen.ShouldNotBeEmpty();
        seen[0].ShouldStartWith(venue);
    }

    private static IReadOnlyList<string> Run(string faults, ulong seed, string? guard, Func<IVenueProtocol, bool>? where = null)
    {
        var scenario = Scenario.OfFault("ws-drop", seed) with { Faults = faults };
        // A wrong level must be wrong for long, which it is not where the market leaves it.
        if (faults.Contains("ws-wrong-level", StringComparison.Ordinal)) scenario = scenario with { Length = TimeSpan.FromSeconds(60), Rate = 4 };
        // Two bars end.
        if (faults.StartsWith("ws-kline", StringComparison.Ordinal)) scenario = scenario with { Length = TimeSpan.FromSeconds(95) };
        using var world = new SimulatedWorld(scenario, p => guard is null || where?.Invoke(p) == false ? p : new SabotagedVenue(p, guard), o => Careless(o, guard));
        return world.Run().Violations;
    }

    private static FeedOptions Careless(FeedOptions options, string? guard) => guard switch
    {
        "quotes and audits find a wrong level" => options with { AuditEvery = TimeSpan.Zero },
        "silence is noticed" => options with { Silence = TimeSpan.FromHours(1), FirstFrame = TimeSpan.FromHours(1) },
        _ => options,
    };
}
