using Mts.Core.Signals;

namespace Mts.Core.Risk;

/// <summary>A signal on its way through the rules. Fractions are of equity, which is above zero.</summary>
/// <param name="Signal">With the size that the rules before have left.</param>
/// <param name="Account">The account now.</param>
/// <param name="Options">The limits.</param>
/// <param name="OtherInAsset">Value of the positions in the asset's other instruments.</param>
/// <param name="OtherInTotal">Value of the positions in all other instruments.</param>
internal sealed record RiskCase(Signal Signal, AccountState Account, RiskOptions Options, double OtherInAsset, double OtherInTotal)
{
    public double Size => Signal.PositionSize;

    public double Drawdown => Math.Max(0, (Account.PeakEquity - Account.Equity) / Account.PeakEquity);

    /// <summary>Loss since 00:00 UTC.</summary>
    public double DailyLoss => Math.Max(0, Account.DayStartEquity - Account.Equity) / Account.Equity;

    /// <summary>What the position loses at its stop; without a stop, all of it.</summary>
    public double LossAtStop => Size * (Signal.Stop is { } stop ? Math.Abs(Signal.Price - stop) / Signal.Price : 1);

    public double Score => RiskScore.Of(Size, OtherInTotal + Size, Drawdown);
}
