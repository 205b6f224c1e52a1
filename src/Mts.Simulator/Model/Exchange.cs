namespace Mts.Simulator.Model;

/// <summary>Everything that is traded in one simulation: the weather, the coins' paths, and the markets of each venue.</summary>
internal sealed class Exchange
{
    private readonly Dictionary<(Venue, string), Market> bySymbol = [];
    private readonly Dictionary<Venue, List<Market>> byVenue = [];

    /// <param name="seed">Everything follows from it.</param>
    /// <param name="files">Bars that replace the model's for their symbols.</param>
    public Exchange(ulong seed, IReadOnlyDictionary<string, FileCandles> files)
    {
        Weather = new Weather(seed);
        Files = files;
        Paths = Coins.All.Select(coin => new CoinPath(coin, Weather, seed)).ToDictionary(p => p.Coin.Id);
        foreach (var venue in Enum.GetValues<Venue>())
        {
            byVenue[venue] = [];
            foreach (var path in Paths.Values) AddModel(venue, path, seed);
            foreach (var file in files.Values.Where(f => !bySymbol.ContainsKey((venue, f.Symbol)))) AddUnknown(venue, file);
        }
    }

    public Weather Weather { get; }

    public IReadOnlyDictionary<string, CoinPath> Paths { get; }

    public IReadOnlyDictionary<string, FileCandles> Files { get; }

    public IReadOnlyList<Market> At(Venue venue) => byVenue[venue];

    public Market? Find(Venue venue, string? symbol) => symbol is not null && bySymbol.TryGetValue((venue, symbol), out var market) ? market : null;

    private void AddModel(Venue venue, CoinPath path, ulong seed)
    {
        if (Listings.Of(path.Coin, venue, byVenue[venue].Count) is not { } listing) return;
        var funding = listing.IsPerpetual ? new Funding(listing, Weather, seed) : null;
        var file = listing.IsPerpetual ? Files.GetValueOrDefault(listing.Symbol + FileCandles.Perpetual) ?? Files.GetValueOrDefault(listing.Symbol) : Files.GetValueOrDefault(listing.Symbol);
        if (file is not null) Add(FromFile(venue, file, listing) with { Funding = funding });
        else Add(new Market(listing, new ModelCandles(listing, path, Weather, seed)) { Funding = funding });
    }

    private void AddUnknown(Venue venue, FileCandles file)
    {
        if (!file.IsPerpetual || venue is Venue.BinanceUsdm or Venue.BybitLinear) Add(FromFile(venue, file, null));
    }

    private Market FromFile(Venue venue, FileCandles file, Listing? like) => new(Listings.OfFile(file, venue, byVenue[venue].Count, like), file);

    private void Add(Market market)
    {
        byVenue[market.Listing.Venue].Add(market);
        bySymbol[(market.Listing.Venue, market.Listing.Symbol)] = market;
    }
}

/// <summary>A listing and its data.</summary>
/// <param name="Listing">Names and steps.</param>
/// <param name="Candles">Its bars.</param>
internal sealed record Market(Listing Listing, ICandles Candles)
{
    /// <summary>The funding of a perpetual; null at a spot market, and where a file brings none.</summary>
    public Funding? Funding { get; init; }

    /// <summary>The last traded price, in units.</summary>
    public long LastPrice(long nowMs) => Candles.Backward(new Span(Clock.Day), long.MinValue, nowMs, 1, nowMs) is [var bar] ? bar.Close : 1;

    /// <summary>The price at a moment in quote units, or null before there is one.</summary>
    public double? PriceAt(long ms) => Candles.PriceAt(ms) * Listing.PriceUnit;
}
