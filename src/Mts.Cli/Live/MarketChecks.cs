using Mts.Cli.Output;

namespace Mts.Cli.Live;

/// <summary>Asks the venues whether they list what is to be followed: their streams acknowledge anything.</summary>
internal static class MarketChecks
{
    // Beyond that a venue that hangs would hold up the others.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <returns>What the venues tell of the markets of the plan; nothing of a venue that does not answer in time.</returns>
    /// <exception cref="ConfigurationException">A venue answers and does not list a market; all that are not are named.</exception>
    public static async Task<IReadOnlyList<Instrument>> DemandListedAsync(Session session, Sources sources, StreamPlan plan, CancellationToken cancellationToken)
    {
        var unlisted = new List<string>();
        var found = new List<Instrument>();
        using var patience = new RunningTime(Patience, session.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var venues = plan.Feeds.GroupBy(f => f.Venue, StringComparer.Ordinal).Select(v => (Venue: v, Answer: sources.Instruments(v.Key).ListInstrumentsAsync(either.Token))).ToList();
        await Task.WhenAll(venues.Select(v => (Task)v.Answer)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (venue, answer) in venues)
        {
            try
            {
                var listed = new Dictionary<string, Instrument>(StringComparer.Ordinal);
                foreach (var instrument in await answer) listed.TryAdd(instrument.Symbol.ToString(), instrument);
                foreach (var symbol in venue.SelectMany(f => f.Symbols))
                {
                    if (listed.TryGetValue(symbol, out var instrument)) found.Add(instrument);
                    else unlisted.Add($"{venue.Key} does not list {symbol}{NearestNames.Suggest(NearestNames.To(symbol, listed.Keys))}");
                }
            }
            catch (ApiException unreachable)
            {
                // The feeds try for ever; that the list cannot be had now is no reason not to begin.
                session.Output.Note($"the markets of {venue.Key} could not be checked: {unreachable.Message}");
            }
            catch (OperationCanceledException) when (patience.IsOver && !cancellationToken.IsCancellationRequested)
            {
                session.Output.Note($"the markets of {venue.Key} could not be checked: it has not told them within {Patience.TotalSeconds:0} s; the session begins all the same.");
            }
        }

        if (unlisted.Count > 0) throw new ConfigurationException($"{string.Join("; ", unlisted)}. Change --symbols or the setting realtime.symbols.");
        return found;
    }
}
