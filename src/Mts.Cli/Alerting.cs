using Microsoft.Extensions.Logging;
using Mts.Adapters.Http;
using Mts.Adapters.Notifications;
using Mts.Cli.Configuration;
using Mts.Pipeline.Alerts;
using Mts.Storage.Files;
using Mts.Storage.Sqlite.Alerts;

namespace Mts.Cli;

/// <summary>Alerts of a run, joined: rules, channels, the memory shared with other processes and the file.</summary>
internal sealed class Alerting : IDisposable
{
    private readonly NotificationChannels channels;
    private readonly AlertLog log;

    private Alerting(NotificationChannels channels, AlertLog log, AlertDesk desk) => (this.channels, this.log, Desk) = (channels, log, desk);

    /// <summary>Takes observations; whoever opens this runs it as well.</summary>
    public AlertDesk Desk { get; }

    /// <exception cref="ConfigurationException">A channel that is on has no credential; the message names the setting.</exception>
    /// <exception cref="StorageException">The memory of alerts cannot be opened.</exception>
    public static Alerting Open(Session session)
    {
        var (options, clock) = (session.Settings.Alerts, session.Clock);
        var opened = new NotificationChannels(session.Settings.Notifications, options.Channels, clock, session.Loggers);
        AlertLog? memory = null;
        try
        {
            memory = AlertLog.Open(session.DataDirectory, clock, options.Keep);
            var file = new AlertFile(session.DataDirectory, clock);
            return new Alerting(opened, memory, new AlertDesk(options, session.Assets, opened.All, memory, file, clock, session.Loggers.CreateLogger("Mts.Pipeline.Alerts")));
        }
        catch
        {
            memory?.Dispose();
            opened.Dispose();
            throw;
        }
    }

    /// <exception cref="ConfigurationException">A channel that is on has no credential; the message names the setting.</exception>
    public static Settings CheckCredentials(Settings settings)
    {
        OptionProblems.ThrowIfAny([.. settings.Notifications.Missing(settings.Alerts.Channels)]);
        return settings;
    }

    public void Dispose()
    {
        channels.Dispose();
        log.Dispose();
    }
}
