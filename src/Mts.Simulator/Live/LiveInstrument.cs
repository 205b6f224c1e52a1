namespace Mts.Simulator.Live;

/// <summary>A live market and the channels that follow it, as one source of events.</summary>
internal sealed class LiveInstrument(LiveMarket market, int index)
{
    private readonly List<Channel> channels = [];

    public LiveMarket Market { get; } = market;

    /// <summary>Breaks ties between instruments.</summary>
    public int Index { get; } = index;

    public IReadOnlyList<Channel> Channels => channels;

    public long NextMicros
    {
        get
        {
            var next = Market.NextMicros;
            foreach (var channel in channels) next = Math.Min(next, channel.NextTick);
            return next;
        }
    }

    public void Add(Channel channel)
    {
        channels.Add(channel);
        channel.Start(Market.Now);
    }

    public void Remove(Channel channel) => channels.Remove(channel);

    /// <summary>Lets everything happen that is due at a moment, which is that of <see cref="NextMicros"/>.</summary>
    public void Run(long micros)
    {
        if (Market.NextMicros <= micros)
        {
            Market.Step();
            for (var i = 0; i < channels.Count; i++)
            {
                if (channels[i].IsRealTime) channels[i].Emit();
            }

            return;
        }

        Market.Rest(micros);
        for (var i = 0; i < channels.Count; i++)
        {
            var channel = channels[i];
            if (channel.NextTick > micros) continue;
            channel.NextTick = channel.TickAfter(micros);
            channel.Emit();
        }
    }
}
