using Mts.Core.Ports;

namespace Mts.Adapters.Binance;

/// <summary>Binance's spot pairs and perpetuals that trade now.</summary>
internal sealed class BinanceDirectory(BinanceMarket spot, BinanceMarket usdm) : IInstrumentDirectory
{
    public string Venue => "binance";

    public async Task<IReadOnlyList<Instrument>> ListInstrumentsAsync(CancellationToken cancellationToken)
    {
        var pairs = await spot.GetExchangeInfoAsync(cancellationToken);
        var contracts = await usdm.GetExchangeInfoAsync(cancellationToken);
        var funding = usdm.Options.Funding ?? throw new InvalidOperationException("the options were not validated");
        var intervals = await usdm.GetFundingInfoAsync(funding, cancellationToken);
        return
        [
            .. BinanceParser.ParseExchangeInfo(pairs.Body.Span).Instruments,
            .. BinanceParser.ParseExchangeInfo(
                contracts.Body.Span, BinanceParser.ParseFundingInfo(intervals.Body.Span), TimeSpan.FromHours(funding.DefaultIntervalHours)).Instruments,
        ];
    }
}
