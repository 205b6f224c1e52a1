namespace Mts.Core.Feeds;

/// <summary>One stream of a feed.</summary>
/// <param name="Instrument">Index in the feed's <see cref="InstrumentTable"/>; −1 for the connection itself.</param>
/// <param name="Channel">What it brings.</param>
public readonly record struct StreamRef(int Instrument, Channel Channel)
{
    public const int ChannelCount = (int)Channel.Liquidation + 1;

    /// <summary>Answers to subscriptions, pongs and notices belong to no stream but to the connection.</summary>
    public static readonly StreamRef Connection = new(-1, default);

    public bool IsConnection => Instrument < 0;

    /// <summary>Position in a table of all streams; the stream is not the connection.</summary>
    public int Index => (Instrument * ChannelCount) + (int)Channel;

    public static StreamRef At(int index) => new(index / ChannelCount, (Channel)(index % ChannelCount));
}
