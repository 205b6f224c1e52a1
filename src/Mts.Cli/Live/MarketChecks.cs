using Mts.Cli.Output;

namespace Mts.Cli.Live;

/// <summary>Asks the venues whether they list what is to be followed: their streams acknowledge anything.</summary>
internal static class MarketChecks
{
    /// <exception cref="ConfigurationException">A venue answers and does not list a market; all that are not are named.</exception>
    public static async Task DemandListedAsync(Session session, Sources sources, StreamPlan plan, CancellationToken cancellationToken)
    {
        var unlisted = new List<string>();
        foreach (var venue in plan.Feeds.GroupBy(f => f.Venue, StringComparer.Ordinal))
        {
            try
            {
                var listed = (await sources.Instruments(venue.Key).ListInstrumentsAsync(cancellationToken)).Select(i => i.Symbol.ToString()).ToHashSet(StringComparer.Ordinal);
                unlisted.AddRange(venue.SelectMany(f => f.Symbols).Where(s => !listed.Contains(s)).Select(s => $"{venue.Key} does not list {s}{NearestNames.Suggest(NearestNames.To(s, listed))}"));
            }
            catch (ApiException unreachable)
            {
                // The feeds try for ever; that the list cannot be had now is no reason not to begin.
                session.Output.Note($"the markets of {venue.Key} could not be checked: {unreachable.Message}");
            }
        }

        if (unlisted.Count > 0) throw new ConfigurationException($"{string.Join("; ", unlisted)}. Change --symbols or the setting realtime.symbols.");
    }
}
