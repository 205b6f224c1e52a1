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
        var level = note.State is "subscribed" or "heard" ? LogLevel.Information : LogLevel.Warning;
        log.Log(level, "{Venue} {Market}: {State}: {Detail}", note.Venue, note.Market.ToText(), note.State, note.Detail);
    }
}
