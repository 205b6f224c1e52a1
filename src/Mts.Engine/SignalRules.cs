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
    /// <returns>What is wrong with it, in words and figures; null where nothing is.</returns>
    public static string? Wrong(Signal signal, IReadOnlyList<RunInstrument> instruments, Timestamp now, double leverage)
    {
        if (signal.Instrument < 0 || signal.Instrument >= instruments.Count) return $"instrument {signal.Instrument} of {instruments.Count}";
        if (signal.Asset != instruments[signal.Instrument].Asset) return $"instrument {signal.Instrument} is {instruments[signal.Instrument].Asset}";
        if (signal.Time != now) return $"it was made at {now}";
        if (!Enum.IsDefined(signal.Direction)) return $"direction {(int)signal.Direction}";
        if (!(signal.Confidence is >= 0 and <= 1)) return $"confidence {signal.Confidence}, allowed is 0 to 1";
        if (!(signal.Strength is >= 0 and <= 1)) return $"strength {signal.Strength}, allowed is 0 to 1";
        var most = instruments[signal.Instrument].Key.Symbol.IsPerpetual ? leverage : 1;
        if (!(signal.PositionSize >= 0 && signal.PositionSize <= most)) return $"position size {signal.PositionSize}, allowed is 0 to {most}{(most > 1 ? ", the leverage" : "")}";
        if (!(signal.Price > 0 && double.IsFinite(signal.Price))) return $"price {signal.Price}";
        if (signal.Horizon is { } horizon && horizon <= TimeSpan.Zero) return $"horizon {horizon}";
        if (signal.Direction == Direction.Flat) return null;
        return WrongLevel(signal, signal.Stop, "stop", below: signal.Direction == Direction.Long) ?? WrongLevel(signal, signal.Target, "target", below: signal.Direction == Direction.Short);
    }

    private static string? WrongLevel(Signal signal, double? level, string name, bool below)
    {
        if (level is not { } value) return null;
        if (!(value > 0 && double.IsFinite(value))) return $"{name} {value}";
        return (below ? value >= signal.Price : value <= signal.Price) ? $"{name} {value} on the wrong side of the price {signal.Price}" : null;
    }
}
