using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Bybit;

/// <summary>What Bybit's topics share. Keys stand in another order on spot than on linear, as they do at the venue.</summary>
internal abstract class BybitChannel(string name, LiveMarket market, long periodMicros) : Channel(name, market, periodMicros)
{
    protected bool IsSpot { get; } = market.Listing.Venue == Venue.BybitSpot;

    protected Listing Listing { get; } = market.Listing;

    protected FrameText Begin(bool isSnapshot, bool timeFirst)
    {
        var text = Owner.Text.Clear().Raw("{\"topic\":\""u8).Raw(Name).Raw("\","u8);
        if (timeFirst) text.Raw("\"ts\":"u8).Number(NowMs).Raw(","u8);
        text.Raw("\"type\":"u8).Raw(isSnapshot ? "\"snapshot\""u8 : "\"delta\""u8);
        if (!timeFirst) text.Raw(",\"ts\":"u8).Number(NowMs);
        return text.Raw(",\"data\":"u8);
    }

    protected FrameText Price(FrameText text, long units) => text.Fixed(units, Listing.PriceDecimals, Listing.PriceDecimals);

    protected FrameText Quantity(FrameText text, long units) => units == 0 ? text.Raw("\"0\""u8) : text.Fixed(units, Listing.LotDecimals, IsSpot ? -1 : Listing.LotDecimals);

    protected void Level(FrameText text, long price, long quantity)
    {
        if (text.Written[^1] != '[') text.Raw(","u8);
        Price(text.Raw("["u8), price);
        Quantity(text.Raw(","u8), quantity).Raw("]"u8);
    }
}
