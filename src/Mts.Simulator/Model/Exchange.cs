using Mts.Simulator.Live;

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
        Add(file is not null ? FromFile(venue, file, listing, funding) : new Market(listing, new ModelCandles(listing, path, Weather, seed), funding));
    }

    private void AddUnknown(Venue venue, FileCandles file)
    {
        if (!file.IsPerpetual || venue is Venue.BinanceUsdm or Venue.BybitLinear) Add(FromFile(venue, file, null, null));
    }

    private Market FromFile(Venue venue, FileCandles file, Listing? like, Funding? funding) => new(Listings.OfFile(file, venue, byVenue[venue].Count, like), file, funding);

    private void Add(Market market)
    {
        byVenue[market.Listing.Venue].Add(market);
        bySymbol[(market.Listing.Venue, market.Listing.Symbol)] = market;
    }
}

/// <summary>A listing and its data.</summary>
/// <param name="listing">Names and steps.</param>
/// <param name="candles">Its bars before it becomes live.</param>
/// <param name="funding">The funding of a perpetual; null at a spot market, and where a file brings none.</param>
internal sealed class Market(Listing listing, ICandles candles, Funding? funding = null)
{
    private readonly LiveCandles candles = new(candles);

    public Listing Listing { get; } = listing;

    public ICandles Candles => candles;

    public Funding? Funding { get; } = funding;

    /// <summary>The model behind the bars before the market became live; null where they are a file's.</summary>
    public ModelCandles? Model => candles.Before as ModelCandles;

    /// <summary>The market as it trades now; null until somebody looks.</summary>
    public LiveMarket? Live => candles.Live;

    /// <summary>The last traded price, in units.</summary>
    public long LastPrice(long nowMs) =>
        Live?.LastPrice ?? (Candles.Backward(new Span(Clock.Day), long.MinValue, nowMs, 1, nowMs) is [var bar] ? bar.Close : 1);

    /// <summary>The price at a moment in quote units, or null before there is one.</summary>
    public double? PriceAt(long ms) => Candles.PriceAt(ms) * Listing.PriceUnit;

    /// <summary>Lets the market trade from a moment on.</summary>
    public LiveMarket Open(LiveOptions options, ulong seed, long startMicros) => candles.Live ??= new LiveMarket(this, candles, options, seed, startMicros);
}
