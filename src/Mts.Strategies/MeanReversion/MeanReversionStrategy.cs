using Mts.Core.Ports;

namespace Mts.Strategies.MeanReversion;

/// <summary>Asks <see cref="MeanReversionRule"/> at the first close after each publication of the VIX.</summary>
/// <remarks>The position ends at its stop, its target, or its horizon.</remarks>
internal sealed class MeanReversionStrategy(MeanReversionOptions options) : VixRowStrategy(options.Lookback, options.Lookback, options.HorizonDays)
{
    public static StrategyEntry Entry { get; } = new(
        new StrategyDescriptor("MeanReversion", "Buys a deep fall while the VIX shows fear.", MeanReversionOptions.Specs),
        static values => new MeanReversionStrategy(MeanReversionOptions.From(values)));

    public override string Name => Entry.Descriptor.Name;

    protected override Opinion? Judge(ReadOnlySpan<VixRow> past, double price) =>
        MeanReversionRule.Measure(past, options)?.Judge(price, options);
}
