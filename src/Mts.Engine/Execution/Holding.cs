using System.Runtime.CompilerServices;
using Mts.Core.Market;
using Mts.Core.Signals;
using Mts.Core.Trading;

namespace Mts.Engine.Execution;

/// <summary>What the run holds of one instrument, and what it waits to do.</summary>
internal sealed class Holding(int instrument, Account account, long lot)
{
    public int Instrument { get; } = instrument;

    /// <summary>The account that pays; shared, or the instrument's own.</summary>
    public Account Account { get; } = account;

    /// <summary>10⁻⁸ base units.</summary>
    public long Lot { get; } = lot;

    /// <summary>10⁻⁸ base units, negative for a short.</summary>
    public WideInt Quantity { get; set; }

    /// <summary>The same, for marking on the hot path.</summary>
    public double QuantityValue { get; set; }

    /// <summary>The last price seen: a close, or the open of the bar under way.</summary>
    public double Mark { get; set; }

    /// <summary>The target to be executed at the next open.</summary>
    public Signal? Pending { get; set; }

    /// <summary>The signal that opened the position, or the last one that resized it.</summary>
    public Signal? Origin
    {
        get;
        set
        {
            field = value;
            HasEnd = value is { Stop: not null } or { Target: not null } or { Horizon: not null };
        }
    }

    /// <summary>Whether the position has a stop, a target or a horizon.</summary>
    public bool HasEnd { get; private set; }

    public long EntryTime { get; set; }

    public decimal EntryPrice { get; set; }

    public WideInt EntryNotional { get; set; }

    public WideInt EntryFee { get; set; }

    /// <summary>Funding and borrow interest since the entry, received less paid.</summary>
    public WideInt Carry { get; set; }

    /// <summary>Isolated margin of a perpetual, 10⁻⁸ quote units; 0 without.</summary>
    public WideInt Margin { get; set; }

    /// <summary>Whether each bar may liquidate it.</summary>
    public bool IsWatched { get; set; }

    /// <summary>When the signal's view ends, Unix microseconds.</summary>
    public long ExpiresAt { get; set; } = long.MaxValue;

    /// <summary>Whether an open may change it: something waits, or the position has an end of its own.</summary>
    public bool IsBusy
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Pending is not null || IsWatched || HasEnd;
    }

    /// <summary>The signal's view is the position's from now on.</summary>
    public void Adopt(Signal signal, long time)
    {
        Origin = signal;
        ExpiresAt = signal.Horizon is { } horizon ? time + (horizon.Ticks / 10) : long.MaxValue;
    }

    /// <summary>Why the rest of the position is being closed, where a bar's volume was too small for all of it.</summary>
    public Wording? Leaving { get; set; }

    /// <summary>Whether a bar may meet its stop or target.</summary>
    public bool HasLevels => Quantity != 0 && Origin is { Stop: not null } or { Target: not null };

    public Direction Direction => (Direction)WideInt.Sign(Quantity);
}
