using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Guards;

/// <summary>Parts of the data that a run may not depend on before their time.</summary>
[Flags]
internal enum Hidden
{
    None = 0,
    Bars = 1,
    Macro = 2,
    Funding = 4,
    All = Bars | Macro | Funding,
}

/// <summary>Hides what is not known yet of a segment, in the run's own data, so that it cannot be read by any way; uncovers it instant by instant.</summary>
internal sealed class Veil : IDisposable
{
    private readonly Stretch[] stretches;
    private readonly ListVeil<MacroObservation>[] macro;
    private readonly ListVeil<FundingRate>[] funding;
    private readonly SideVeil[] beside;
    private readonly int[] revealed;
    private readonly bool hidesBars;

    public Veil(Hidden what, BacktestInputs inputs, GuardSegment segment, Stretch[] stretches, SideVeil[] beside, Disguise disguise)
    {
        this.stretches = stretches;
        revealed = new int[stretches.Length];
        hidesBars = what.HasFlag(Hidden.Bars);
        macro = what.HasFlag(Hidden.Macro) ? [.. inputs.Macro.Values.Select(m => new ListVeil<MacroObservation>(m, segment.Start, o => o.KnownTime.Micros))] : [];
        funding = what.HasFlag(Hidden.Funding) ? [.. inputs.Instruments.Where(i => i.Funding is not null).Select(i => new ListVeil<FundingRate>(i.Funding!, segment.Start, r => FundingPayments.Due(r)))] : [];
        this.beside = hidesBars ? beside : [];
        if (hidesBars) foreach (var stretch in stretches) stretch.Hide(disguise);
        foreach (var bars in this.beside) bars.Hide(disguise);
        foreach (var list in macro) list.Hide((o, i) => disguise.Of(o, i));
        foreach (var list in funding) list.Hide((r, i) => disguise.Of(r, i));
    }

    /// <summary>Uncovers the bars that have closed.</summary>
    /// <param name="context">Of the engine, which knows how many.</param>
    public void RevealBars(IStrategyContext context)
    {
        if (!hidesBars) return;
        for (var i = 0; i < stretches.Length; i++)
        {
            for (var closed = context.Past(i).Count; revealed[i] < closed; revealed[i]++) stretches[i].Reveal(revealed[i]);
        }
    }

    /// <summary>Uncovers what has become known by now.</summary>
    public void RevealKnown(long now)
    {
        foreach (var bars in beside) bars.Reveal(now);
        foreach (var list in macro) list.Reveal(now);
        foreach (var list in funding) list.Reveal(now);
    }

    /// <summary>Closed bars as a veiled strategy sees them; what lies behind them in memory is disguised.</summary>
    public PastBars Past(int instrument, PastBars actual) => hidesBars ? new PastBars(stretches[instrument].Shown, actual.Count) : actual;

    public void Dispose()
    {
        if (hidesBars) foreach (var stretch in stretches) stretch.Restore();
        foreach (var bars in beside) bars.Restore();
        foreach (var list in macro) list.Restore();
        foreach (var list in funding) list.Restore();
    }
}
