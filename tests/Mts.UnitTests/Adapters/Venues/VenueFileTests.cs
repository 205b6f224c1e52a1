using Mts.Adapters.Binance;
using Mts.Adapters.Bybit;
using Mts.Adapters.Venues;
using Mts.Core;

namespace Mts.UnitTests.Adapters.Venues;

public sealed class VenueFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "config", "exchanges");

    [Fact]
    public void Reads_the_files_of_the_repository()
    {
        var binance = BinanceOptions.Read(Path.Combine(Folder, "binance.json"));
        (binance.Spot.BarsPerPage, binance.Usdm.BarsPerPage, binance.Usdm.Funding!.RatesPerPage).ShouldBe((1_000, 1_500, 1_000));
        var bybit = BybitOptions.Read(Path.Combine(Folder, "bybit.json"));
        (bybit.Intervals["1h"], bybit.BanDuration).ShouldBe(("60", TimeSpan.FromMinutes(10)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(499, 2)]
    [InlineData(500, 5)]
    [InlineData(1_000, 5)]
    [InlineData(1_500, 10)]
    public void Costs_of_futures_bars_are_those_of_the_venues_table(int limit, int weight) =>
        WeightTier.For(BinanceOptions.Read(Path.Combine(Folder, "binance.json")).Usdm.Weights.Klines, limit).Weight.ShouldBe(weight);

    [Fact]
    public void Names_every_unknown_key_at_once()
    {
        var error = Broken(text => text.Replace("\"earliest\"", "\"erliest\"", StringComparison.Ordinal).Replace("\"window\"", "\"windo\"", StringComparison.Ordinal));
        error.ShouldContain("spot.erliest: unknown");
        error.ShouldContain("usdm.erliest: unknown");
        error.ShouldContain("spot.budget.windo: unknown; known here are weight, window");
    }

    [Fact]
    public void Names_every_value_out_of_range_at_once()
    {
        var error = Broken(text => text.Replace("\"barsPerPage\": 1000", "\"barsPerPage\": 0", StringComparison.Ordinal)
            .Replace("\"fundingInfoWeight\": 1", "\"fundingInfoWeight\": 100000", StringComparison.Ordinal).Replace("\"8h\"", "\"7h\"", StringComparison.Ordinal));
        error.ShouldContain("spot.barsPerPage: '0' is outside 1 to 1500");
        error.ShouldContain("usdm.funding.fundingInfoWeight: '100000' is outside 0 to 1000");
        error.ShouldContain("spot.intervals: '7h' is not one of 1s 1m");
    }

    [Fact]
    public void Refuses_a_cost_above_the_whole_budget_and_tiers_that_do_not_rise()
    {
        Broken(text => text.Replace("\"weight\": 250", "\"weight\": 9000", StringComparison.Ordinal)).ShouldContain("spot.weights.depth[3].weight: 9000 is more than the whole budget of 5400");
        Broken(text => text.Replace("\"upTo\": 499", "\"upTo\": 99", StringComparison.Ordinal)).ShouldContain("usdm.weights.klines[1].upTo: 99 does not rise");
    }

    [Fact]
    public void Refuses_a_key_that_stands_twice_and_names_one_that_is_missing()
    {
        Broken(text => text.Replace("\"earliest\": \"2017-01-01\",", "\"earliest\": \"2017-01-01\", \"earliest\": \"2018-01-01\",", StringComparison.Ordinal)).ShouldContain("earliest");
        Broken(text => text.Replace("\"earliest\": \"2017-01-01\",", "", StringComparison.Ordinal)).ShouldContain("earliest");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Names_the_file_that_is_no_such_file(string text) => Broken(_ => text).ShouldContain("venue.json");

    [Fact]
    public void Names_the_file_that_is_missing() =>
        Should.Throw<ConfigurationException>(() => BybitOptions.Read(Path.Combine(Folder, "nowhere.json"))).Message.ShouldContain("nowhere.json cannot be read");

    private static string Broken(Func<string, string> change)
    {
        var folder = Directory.CreateTempSubdirectory("mts");
        try
        {
            var path = Path.Combine(folder.FullName, "venue.json");
            File.WriteAllText(path, change(File.ReadAllText(Path.Combine(Folder, "binance.json"))));
            return Should.Throw<ConfigurationException>(() => BinanceOptions.Read(path)).Message;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
