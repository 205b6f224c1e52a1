using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Core.Alerts;
using Mts.Storage.Sqlite.Alerts;

namespace Mts.Cli.Commands.Alerts;

/// <summary><c>mts alerts list</c>: past alerts, the newest first, with what became of them.</summary>
internal static class AlertsListCommand
{
    public static Command Create(CliHost host)
    {
        var days = Flags.Days("How far back.", 7);
        var limit = Flags.Whole("--limit", "At most so many.", 100, 1, 100_000, "from 1 to 100000");
        return new Command("list", "Lists past alerts, the newest first.") { days, limit }.Runs(host, (session, arguments) =>
        {
            var from = Timestamp.Now(session.Clock) - TimeSpan.FromDays(arguments.GetValue(days));
            var all = AlertLog.Exists(session.DataDirectory) ? AlertLog.Read(session.DataDirectory, from, arguments.GetValue(limit)) : [];
            var grid = new Grid("time", "severity", "phase", "rule", "alert", "delivery");
            foreach (var (alert, deliveries) in all)
                grid.Add(alert.Time.ToString(), AlertJson.Word(alert.Severity), AlertJson.Word(alert.Phase), alert.Rule, alert.Title, Words(deliveries));
            if (all.Count == 0) session.Output.Line($"no alerts in the last {arguments.GetValue(days)} days.");
            else session.Output.Table(grid);
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                w.WriteStartArray("alerts");
                foreach (var (alert, deliveries) in all)
                {
                    w.WriteStartObject();
                    AlertJson.WriteMembers(w, alert);
                    w.WriteStartArray("deliveries");
                    foreach (var delivery in deliveries) DeliveryJson.Write(w, delivery);
                    w.WriteEndArray();
                    w.WriteEndObject();
                }

                w.WriteEndArray();
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }

    private static string Words(IReadOnlyList<AlertDelivery> deliveries) =>
        deliveries.Count == 0 ? "file" : string.Join(", ", deliveries.Select(d => $"{d.Channel} {AlertJson.Word(d.State)}"));
}
