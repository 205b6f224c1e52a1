using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine;

/// <summary>The data of a run: everything that a strategy may come to know, by the time it became known.</summary>
public sealed record BacktestInputs
{
    /// <summary>One per instrument, all of one interval; warm-up bars before <see cref="Start"/> included.</summary>
    public required IReadOnlyList<InstrumentData> Instruments { get; init; }

    /// <summary>All vintages by FRED id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MacroObservation>> Macro { get; init; } = new Dictionary<string, IReadOnlyList<MacroObservation>>();

    /// <summary>First instant of the range.</summary>
    public required Timestamp Start { get; init; }

    /// <summary>End of the range; no bar closes after it.</summary>
    public required Timestamp End { get; init; }
}

/// <param name="Asset">The asset's id.</param>
/// <param name="Series">Its bars.</param>
/// <param name="Funding">Settled rates of a perpetual; null where there are none or it is spot.</param>
public sealed record InstrumentData(string Asset, BarSeries Series, IReadOnlyList<FundingRate>? Funding = null)
{
    /// <summary>Recorded spreads, oldest first; null where none are asked for.</summary>
    public IReadOnlyList<SpreadQuote>? Spreads { get; init; }

    /// <summary>Finer bars of the same market, on which orders are resolved (<see cref="ExecutionOptions.Finer"/>); null for none.</summary>
    public BarSeries? Finer { get; init; }

    /// <summary>The recorded book in which orders are filled (<see cref="ExecutionOptions.Queue"/>); null for none.</summary>
    public BookTape? Tape { get; init; }

    /// <summary>Bars of the mark price, of the length on which orders are resolved: what margin is looked at by; null for traded prices.</summary>
    public BarSeries? Marks { get; init; }

    public RunInstrument ToInstrument() => new(Asset, Series.Key, Series.HasVolume);
}
