using Mts.Core.Feeds;

namespace Mts.Adapters.Bybit;

/// <summary>What Bybit's streams do not bring, from its request interface.</summary>
internal sealed class BybitFetch(BybitMarket market) : IVenueFetch
{
    public async Task<ReadOnlyMemory<byte>> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var answer = await (request.Kind switch
        {
            FetchKind.Snapshot => market.GetDepthBodyAsync(request.Symbol, request.Levels, cancellationToken),
            FetchKind.Trades => market.GetTradesBodyAsync(request.Symbol, cancellationToken),
            FetchKind.Bars => market.GetMinutesBodyAsync(request.Symbol, request.From, cancellationToken),
            FetchKind.Time => market.GetTimeBodyAsync(cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Kind, "unknown kind"),
        });
        return answer.Body;
    }
}
