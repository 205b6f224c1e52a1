using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.History;

/// <summary>Collects macro observations: the whole asked window each time, for one request serves it and revisions and late values come with it.</summary>
public sealed class MacroCollector(IMacroHistory history, IMacroStore store, ILogger logger)
{
    /// <param name="series">The series.</param>
    /// <param name="from">First day.</param>
    /// <param name="until">Last day, included.</param>
    /// <param name="fill">How days without a value are filled, on request only.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<CollectionReport> CollectAsync(MacroSeries series, DateOnly from, DateOnly until, MacroFill fill, CancellationToken cancellationToken)
    {
        var report = new CollectionReport { Source = history.Source, Series = series.Id, Kind = "macro" };
        try
        {
            var page = await history.FetchMacroAsync(series, from, until, cancellationToken);
            var written = page.Observations.Count > 0 ? store.WriteMacro(series.Id, page.Observations, page.Provenance) : default;
            var filled = fill.Apply(store.ReadMacro(series.Id, from, until));
            if (filled.Count > 0)
                written += store.WriteMacro(series.Id, filled, page.Provenance with { Source = $"filled:{fill}" });
            logger.LogInformation("{Series}: {Rows} observations, {Filled} days filled", series.Id, page.Observations.Count, filled.Count);
            return report with { Fetched = page.Observations.Count, Written = written, Missing = page.Observations.Count(o => o.Value is null) };
        }
        catch (Exception e) when (e is ApiException or DataValidationException)
        {
            logger.LogWarning("{Series}: not collected: {Reason}", series.Id, e.Message);
            return report with { Failure = e.Message };
        }
    }
}
