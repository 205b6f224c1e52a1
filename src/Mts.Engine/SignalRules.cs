using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Engine;

/// <summary>What a signal must keep to be executed; a strategy that breaks it has a bug, and its run stops.</summary>
internal static class SignalRules
{
    /// <param name="signal">The signal.</param>
    /// <param name="instruments">Of the run.</param>
    /// <param name="now">The instant.</param>
    /// <param name="leverage">Greatest size of a perpetual; 1 without margin.</param>
    /// <exception cref="StrategyException">Names strategy, instant and figure.</exception>
    public static void Check(Signal signal, IReadOnlyList<RunInstrument> instruments, Timestamp now, double leverage = 1)
    {
        if (signal.Instrument < 0 || signal.Instrument >= instruments.Count) throw Bad(signal, $"instrument {signal.Instrument} of {instruments.Count}");
        if (signal.Asset != instruments[signal.Instrument].Asset) throw Bad(signal, $"instrument {signal.Instrument} is {instruments[signal.Instrument].Asset}");
        if (signal.Time != now) throw Bad(signal, $"it was made at {now}");
        if (!Enum.IsDefined(signal.Direction)) throw Bad(signal, $"direction {(int)signal.Direction}");
        if (!(signal.Confidence is >= 0 and <= 1)) throw Bad(signal, $"confidence {signal.Confidence}, allowed is 0 to 1");
        if (!(signal.Strength is >= 0 and <= 1)) throw Bad(signal, $"strength {signal.Strength}, allowed is 0 to 1");
        var most = instruments[signal.Instrument].Key.Symbol.IsPerpetual ? leverage : 1;
        if (!(signal.PositionSize >= 0 && signal.PositionSize <= most)) throw Bad(signal, $"position size {signal.PositionSize}, allowed is 0 to {most}{(most > 1 ? ", the leverage" : "")}");
        if (!(signal.Price > 0 && double.IsFinite(signal.Price))) throw Bad(signal, $"price {signal.Price}");
        if (signal.Horizon is { } horizon && horizon <= TimeSpan.Zero) throw Bad(signal, $"horizon {horizon}");
        if (signal.Direction == Direction.Flat) return;
        CheckLevel(signal, signal.Stop, "stop", below: signal.Direction == Direction.Long);
        CheckLevel(signal, signal.Target, "target", below: signal.Direction == Direction.Short);
    }

    private static void CheckLevel(Signal signal, double? level, string name, bool below)
    {
        if (level is not { } value) return;
        if (!(value > 0 && double.IsFinite(value))) throw Bad(signal, $"{name} {value}");
        if (below ? value >= signal.Price : value <= signal.Price) throw Bad(signal, $"{name} {value} on the wrong side of the price {signal.Price}");
    }

    private static StrategyException Bad(Signal signal, string what) =>
        new($"strategy {signal.Strategy} gave an impossible signal for {signal.Asset} at {signal.Time}: {what}.");
}
