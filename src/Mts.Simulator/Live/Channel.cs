namespace Mts.Simulator.Live;

/// <summary>What a frame is about; faults choose by it.</summary>
internal enum FrameClass
{
    Depth,
    Quote,
    Trade,
    Kline,
    Other,
}

/// <summary>One stream of one instrument: turns what the market does into frames, either after every order or at its own ticks.</summary>
internal abstract class Channel(string name, LiveMarket? market, long periodMicros)
{
    private readonly long phase = periodMicros == 0 || market is null ? 0 : (long)(Model.Noise.Key(11, market.Listing.Symbol) % (ulong)periodMicros);

    public string Name { get; } = name;

    /// <summary>The market behind it; a recorded stream has none.</summary>
    public LiveMarket Market => market ?? throw new InvalidOperationException($"{Name} is recorded; there is no market behind it.");

    /// <summary>Set when the channel joins its instrument.</summary>
    public SimulatedVenue Owner { get; set; } = null!;

    public List<Subscription> Subscribers { get; } = [];

    public abstract FrameClass Class { get; }

    /// <summary>Frames emitted so far; faults of the channel are drawn by it.</summary>
    public long Emitted { get; set; }

    /// <summary>After every order, or at ticks.</summary>
    public bool IsRealTime => periodMicros == 0;

    /// <summary>The next tick; never for a channel that follows every order.</summary>
    public long NextTick { get; set; } = long.MaxValue;

    /// <summary>The channel stays when nobody listens, because its numbers go on.</summary>
    public virtual bool IsLasting => false;

    public void Start(long nowMicros)
    {
        if (!IsRealTime) NextTick = TickAfter(nowMicros);
        OnStart();
    }

    public virtual long TickAfter(long micros) => ((((micros - phase) / periodMicros) + 1) * periodMicros) + phase;

    /// <summary>Remembers where the market is.</summary>
    protected virtual void OnStart()
    {
    }

    /// <summary>Says what is new.</summary>
    public abstract void Emit();

    /// <summary>What a new listener hears first, if anything.</summary>
    public virtual void Welcome(Subscription subscription)
    {
    }

    /// <summary>Displayed time of the latest event, in milliseconds of the venue's clock.</summary>
    protected long NowMs => Owner.Clock.Display(Market.Now);

    protected long ChangeMs => Owner.Clock.Display(Market.LastChangeMicros);
}
