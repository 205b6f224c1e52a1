using Microsoft.Extensions.Logging;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;

namespace Mts.Cli.Live;

/// <summary>Tells in the log which streams the venue refuses or has forgotten, and when that is over.</summary>
internal sealed class StreamTroubles(ILogger log) : QuietTap
{
    public override void OnConnection(ConnectionNote note)
    {
        if (note.Stream is null) return;
        // A lost connection makes all its streams silent at once, and what is done about it takes seconds.
        var level = note.State.StartsWith("subscription-", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Information;
        log.Log(level, "{Venue} {Market}: {State}: {Detail}", note.Venue, note.Market.ToText(), note.State, note.Detail);
    }
}
