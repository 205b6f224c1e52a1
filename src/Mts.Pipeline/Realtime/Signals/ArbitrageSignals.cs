using Mts.Core.Signals;
using Mts.Pipeline.Spreads;

namespace Mts.Pipeline.Realtime.Signals;

/// <summary>One signal for each opportunity, as soon as there is enough confidence in it.</summary>
internal sealed class ArbitrageSignals(RealtimeSignalOptions options, SignalNumbers numbers) : IOpportunityWatcher
{
    public void OnSighted(OpenOpportunity opportunity)
    {
        if (opportunity.IsSignalled) return;
        var (time, execution) = opportunity.Last;
        var percent = execution.NetPercent;
        var confidence = Confidence(execution.Size, percent);
        if (percent < options.ArbitragePercent || confidence < options.ArbitrageConfidence) return;
        opportunity.IsSignalled = true;
        numbers.Pass(new RealtimeSignal
        {
            Id = numbers.NextId(RealtimeSignalKind.Arbitrage, $"{opportunity.Buy}>{opportunity.Sell}", time),
            Kind = RealtimeSignalKind.Arbitrage,
            Instrument = opportunity.Buy,
            Other = opportunity.Sell,
            Direction = Direction.Long,
            Strength = StrengthOf(percent),
            Confidence = confidence,
            Percent = percent,
            Price = execution.BuyPrice,
            Time = time,
            Expires = time + options.ArbitrageLife,
            Reason = FormattableString.Invariant(
                $"buy {execution.Size:0.########} at {execution.BuyPrice:0.########} on {opportunity.Buy}, sell at {execution.SellPrice:0.########} on {opportunity.Sell}: {execution.GrossPercent:0.####} % gross, {percent:0.####} % net"),
        });
    }

    /// <summary>Half for the size, full at 2 base units, and half for the profit, full at 0.5 %.</summary>
    internal static double Confidence(double size, double percent) => (Math.Min(size / 2, 1) + Math.Min(percent / 0.5, 1)) / 2;

    internal static StrengthLevel StrengthOf(double percent) => percent >= 0.2 ? StrengthLevel.Strong : percent >= 0.1 ? StrengthLevel.Moderate : StrengthLevel.Weak;
}
