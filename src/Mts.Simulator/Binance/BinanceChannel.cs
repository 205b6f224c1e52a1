using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>What Binance's streams share: the envelope of combined streams, and numbers with eight decimals on spot and the listing's on futures.</summary>
internal abstract class BinanceChannel(string name, LiveMarket market, long periodMicros) : Channel(name, market, periodMicros)
{
    protected bool IsSpot { get; } = market.Listing.Venue == Venue.BinanceSpot;

    protected Listing Listing { get; } = market.Listing;

    protected int ShownPrice => IsSpot ? 8 : Listing.PriceDecimals;

    protected int ShownLot => IsSpot ? 8 : Listing.LotDecimals;

    /// <summary>Where the payload of the frame begins.</summary>
    protected int Inner { get; private set; }

    protected FrameText Begin()
    {
        var text = Owner.Text.Clear().Raw("{\"stream\":\""u8).Raw(Name).Raw("\",\"data\":"u8);
        Inner = text.Length;
        return text;
    }

    protected void End(FrameText text, long first = -1, long last = -1) => Owner.Channels.Publish(this, text.Raw("}"u8), Inner, first, last);

    protected FrameText Event(FrameText text, ReadOnlySpan<byte> name) => text.Raw("{\"e\":\""u8).Raw(name).Raw("\",\"E\":"u8).Number(NowMs);

    protected FrameText Price(FrameText text, long units) => text.Fixed(units, Listing.PriceDecimals, ShownPrice);

    protected FrameText Quantity(FrameText text, long units) => text.Fixed(units, Listing.LotDecimals, ShownLot);

    protected void Level(FrameText text, long price, long quantity)
    {
        Price(text.Raw("["u8), price);
        Quantity(text.Raw(","u8), quantity).Raw("]"u8);
    }

    protected void Top(FrameText text, LiveSide side, int levels)
    {
        text.Raw("["u8);
        for (var rank = 0; rank < side.Count && rank < levels; rank++)
        {
            if (rank > 0) text.Raw(","u8);
            Level(text, side.PriceAt(rank), side.QuantityAt(rank));
        }

        text.Raw("]"u8);
    }
}
