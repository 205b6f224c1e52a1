using System.CommandLine;
using System.Globalization;
using Mts.Adapters.Notifications;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Core.Alerts;
using Mts.Storage.Files;

namespace Mts.Cli.Commands.Alerts;

/// <summary><c>mts alerts test</c>: one message through each channel that is on, and one line in the file.</summary>
internal static class AlertsTestCommand
{
    public static Command Create(CliHost host)
    {
        var only = new Option<string?>("--channel") { Description = "Only this one: discord, telegram, slack or webhook; on or not.", HelpName = "NAME" };
        return new Command("test", "Sends one test message through each channel; exit code 4 when one fails.") { only }.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var names = Channels(session, arguments.GetValue(only));
            using var channels = new NotificationChannels(session.Settings.Notifications, names, session.Clock, session.Loggers);
            var alert = TestAlert(Timestamp.Now(session.Clock));
            new AlertFile(session.DataDirectory, session.Clock).Append(alert, isQuiet: false);
            List<AlertDelivery> results = [new("file", DeliveryState.Sent, 1)];
            foreach (var channel in channels.All) results.Add(await TryAsync(channel, alert, cancellationToken));
            Show(session, results);
            return results.TrueForAll(r => r.State == DeliveryState.Sent) ? ExitCode.Done : ExitCode.Service;
        });
    }

    private static IReadOnlyList<string> Channels(Session session, string? only)
    {
        if (only is null) return session.Settings.Alerts.Channels;
        if (NotificationOptions.Channels.Contains(only, StringComparer.Ordinal)) return [only];
        throw new UsageException($"--channel: '{only}' is unknown{NearestNames.Suggest(NearestNames.To(only, NotificationOptions.Channels))}; allowed are {string.Join(", ", NotificationOptions.Channels)}.");
    }

    private static async Task<AlertDelivery> TryAsync(INotifier channel, Alert alert, CancellationToken cancellationToken) =>
        await channel.SendAsync(alert, cancellationToken) switch
        {
            NotifyResult.Delivered => new AlertDelivery(channel.Channel, DeliveryState.Sent, 1),
            NotifyResult.Later later => new AlertDelivery(channel.Channel, DeliveryState.Failed, 1, later.Reason + After(later.After)),
            NotifyResult.Refused refused => new AlertDelivery(channel.Channel, DeliveryState.Failed, 1, refused.Reason),
            NotifyResult.Closed closed => new AlertDelivery(channel.Channel, DeliveryState.Failed, 1, closed.Reason),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };

    private static string After(TimeSpan? wait) => wait is { } span ? string.Create(CultureInfo.InvariantCulture, $"; the service asks to wait {span.TotalSeconds:0.#} s") : "";

    private static void Show(Session session, IReadOnlyList<AlertDelivery> results)
    {
        var grid = new Grid("channel", "result", "reason");
        foreach (var r in results) grid.Add(r.Channel, AlertJson.Word(r.State), r.Reason ?? "");
        session.Output.Table(grid);
        if (results.Count == 1) session.Output.Line("no channel is on (alerts.channels); alerts go to the file.");
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("channels");
            foreach (var r in results) DeliveryJson.Write(w, r);
            w.WriteEndArray();
            w.WriteEndObject();
        });
    }

    private static Alert TestAlert(Timestamp now) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"alt_test_{now.Micros}"),
        Rule = "test",
        Kind = "test",
        Severity = AlertSeverity.Info,
        Phase = AlertPhase.Event,
        Subject = "mts alerts test",
        Title = "Test of the alert channels",
        Text = "If you read this, alerts of mts arrive here. Nothing has happened.",
        Time = now,
        Figures = [new("answer", 42)],
    };
}
