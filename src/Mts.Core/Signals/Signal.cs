using System.Diagnostics.CodeAnalysis;
using Mts.Core.Market;

namespace Mts.Core.Signals;

/// <summary>Which way a position goes; as a number the sign of its quantity.</summary>
public enum Direction
{
    /// <summary>Hold nothing.</summary>
    Flat = 0,
    Long = 1,
    Short = -1,
}

/// <summary>What a strategy thinks an asset's position should be, and why.</summary>
public sealed record Signal
{
    private readonly Wording why = "";

    public Signal()
    {
    }

    /// <summary>A signal whose reason is worded when it is read.</summary>
    [SetsRequiredMembers]
    public Signal(string asset, int instrument, Direction direction, string strategy, Timestamp time, double price, Wording why)
    {
        (Asset, Instrument, Direction, Strategy, Time, Price) = (asset, instrument, direction, strategy, time, price);
        Reason = null!; // the compiler wants every required property set; it is worded from the next line
        this.why = why;
    }

    /// <summary>The asset's id, <c>bitcoin</c>.</summary>
    public required string Asset { get; init; }

    /// <summary>Index of the instrument in the run, as in <c>IStrategyContext.Instruments</c>.</summary>
    public required int Instrument { get; init; }

    public required Direction Direction { get; init; }

    /// <summary>How marked the pattern is, 0 to 1.</summary>
    public double Strength { get; init; } = 1;

    /// <summary>How much the strategy trusts it, 0 to 1.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>Target position as a fraction of equity, 0 to 1 (more only with leverage).</summary>
    public double PositionSize { get; init; } = 1;

    /// <summary>Whether a position of the same direction is moved to this signal's size at the fill price, up or down, and takes over its stop, target and horizon. False: the same direction again places no order.</summary>
    public bool Resizes { get; init; }

    /// <summary>Price at which the position is given up; null for none.</summary>
    public double? Stop { get; init; }

    /// <summary>Price at which the profit is taken; null for none.</summary>
    public double? Target { get; init; }

    /// <summary>How long the view holds; the position is closed after it. Null for no limit.</summary>
    public TimeSpan? Horizon { get; init; }

    /// <summary>The strategy's catalogue name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The close at which it was made.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Price at that close.</summary>
    public required double Price { get; init; }

    /// <summary>The reason in words and numbers.</summary>
    public required string Reason
    {
        get => why.ToString();
        init => why = value!;
    }

    /// <summary>The same, not worded yet.</summary>
    public Wording Why => why;
}
