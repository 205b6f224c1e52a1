using Mts.Core.Feeds;

namespace Mts.Adapters.Binance;

/// <summary>What Binance's streams do not bring, from its request interface.</summary>
internal sealed class BinanceFetch(BinanceMarket spot, BinanceMarket usdm) : IVenueFetch
{
    public async Task<ReadOnlyMemory<byte>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var market = request.Symbol.IsPerpetual ? usdm : spot;
        var answer = await (request.Kind switch
        {
            FetchKind.Snapshot => market.GetDepthBodyAsync(request.Symbol, request.Levels, cancellationToken),
            FetchKind.Trades => market.GetTradesBodyAsync(request.Symbol, request.FromId, cancellationToken),
            FetchKind.Bars => market.GetMinutesBodyAsync(request.Symbol, request.From, cancellationToken),
            FetchKind.Time => market.GetTimeBodyAsync(cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Kind, "unknown kind"),
        });
        return answer.Body;
    }
}
