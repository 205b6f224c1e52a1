namespace Mts.Cli.Commands.Backtests;

/// <summary>What the venues demand of orders today; of the past they say nothing.</summary>
internal static class VenueRules
{
    /// <returns>By instrument.</returns>
    /// <exception cref="ConfigurationException">The venue does not list one of them.</exception>
    public static async Task<IReadOnlyList<RuleHistory?>> TodaysAsync(Session session, IReadOnlyList<SeriesKey> keys, CancellationToken cancellationToken)
    {
        using var sources = new Sources(session);
        var found = new List<RuleHistory?>();
        foreach (var key in keys)
        {
            var listed = await sources.Instruments(key.Venue).ListInstrumentsAsync(cancellationToken);
            var known = listed.FirstOrDefault(i => i.Symbol == key.Symbol) ?? throw new ConfigurationException($"{key.Venue} does not list {key.Symbol}; give its rules as a file.");
            found.Add(new RuleHistory([new InstrumentRules(Timestamp.MinValue, known.Tick, known.Lot, known.MinNotional)]));
        }

        return found;
    }
}
