using Microsoft.Extensions.Logging.Abstractions;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Realtime;
using Mts.Storage.Sqlite.Alerts;
using Mts.UnitTests.Adapters;
using Mts.UnitTests.Spreads;
using Mts.UnitTests.Storage;

namespace Mts.UnitTests.Alerts;

public sealed class AlertTapTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualTimeProvider clock = new(SampleAlert.Start.ToDateTimeOffset());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_trade_that_raises_nothing_allocates_nothing()
    {
        var market = new MarketRig().MarketOf("binance");
        var options = new AlertOptions
        {
            Rules = new Dictionary<string, AlertRuleOptions>(StringComparer.Ordinal)
            {
                ["high"] = new() { Kind = "price", When = new Dictionary<string, string>(StringComparer.Ordinal) { ["above"] = "1000000" } },
                ["moved"] = new() { Kind = "change", When = new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = "0.5", ["window"] = "1h" } },
            },
        };
        var tap = new AlertTap(new AlertDesk(options, StoreSamples.Assets, [], AlertLog.Open(folder.Path, clock, TimeSpan.FromDays(30)), new Nowhere(), clock, NullLogger.Instance));
        var i = 0;
        while (i < 2_000) Trade(tap, market, i++);

        Allocated.By(() =>
        {
            for (var end = i + 1_000; i < end; i++) Trade(tap, market, i);
        }).ShouldBe(0);
    }

    private static void Trade(AlertTap tap, FollowedMarket market, int i)
    {
        var time = SampleAlert.Start + TimeSpan.FromMilliseconds(i);
        tap.OnTrade(market, new TradeUpdate((UInt128)i, time, 100_000_000 + i, 1, false), false, time);
    }

    private sealed class Nowhere : IAlertSink
    {
        public void Append(Mts.Core.Alerts.Alert alert, bool isQuiet) => throw new InvalidOperationException("nothing is to be told");
    }
}
