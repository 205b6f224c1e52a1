using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Which daily spot series <c>crypto_ohlcv</c> shows for each asset.</summary>
internal sealed class PrimarySeriesTable(Database database)
{
    private static readonly string[] Dollars = ["USDT", "USD", "USDC", "FDUSD", "BUSD", "TUSD"];

    /// <param name="assets">The assets there are.</param>
    /// <param name="venues">In order of preference, for assets that do not name one; venues not in it come last, the oldest series first.</param>
    public void Refresh(AssetCatalog assets, IReadOnlyList<string> venues)
    {
        using var transaction = database.Begin();
        var daily = database.Read(
            "SELECT r.id, r.venue, r.symbol FROM series r WHERE r.interval = '1d' AND EXISTS (SELECT 1 FROM bar b WHERE b.series_id = r.id) ORDER BY r.id",
            r => new Candidate(r.Int64(0), r.Text(1), Symbol.Parse(r.Text(2))));
        foreach (var asset in assets.All)
        {
            database.Run(
                "INSERT INTO primary_series (asset, series_id) VALUES (?1, ?2) ON CONFLICT (asset) DO UPDATE SET series_id = ?2 WHERE series_id IS NOT ?2",
                asset.Id, Choose(asset, daily, venues)?.Id);
        }

        transaction.Commit();
    }

    public IReadOnlyList<PrimarySeries> List() => database.Read(
        "SELECT p.asset, r.venue, r.symbol, r.interval FROM primary_series p JOIN series r ON r.id = p.series_id ORDER BY p.asset",
        r => new PrimarySeries(r.Text(0), new SeriesKey(r.Text(1), Symbol.Parse(r.Text(2)), Interval.Parse(r.Text(3)))));

    private static Candidate? Choose(Asset asset, List<Candidate> daily, IReadOnlyList<string> venues) => daily
        .Where(c => !c.Symbol.IsPerpetual && c.Symbol.Base == asset.Ticker && (asset.PrimaryVenue is null || c.Venue == asset.PrimaryVenue))
        .Where(c => c.Symbol == asset.MarketAt(c.Venue) || Dollars.Contains(c.Symbol.Quote))
        .OrderBy(c => Rank(c.Venue, venues))
        .ThenBy(c => c.Symbol == asset.MarketAt(c.Venue) ? 0 : 1)
        .ThenBy(c => c.Id)
        .FirstOrDefault();

    private static int Rank(string venue, IReadOnlyList<string> venues)
    {
        for (var i = 0; i < venues.Count; i++)
        {
            if (venues[i] == venue) return i;
        }

        return venues.Count;
    }

    private sealed record Candidate(long Id, string Venue, Symbol Symbol);
}
