using Microsoft.Extensions.Logging;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Pipeline.Alerts;

/// <summary>Claims an alert, writes it down and hands it to the channels.</summary>
internal sealed class AlertPost(DeliveryContext context, QuietHours quietHours, AlertDispatcher dispatcher, IAlertSink sink)
{
    public AlertClaim Send(AlertCandidate candidate)
    {
        var (alert, rule) = candidate;
        // A quiet night ends with a quiet all-clear: it is as severe as what it clears.
        var isQuiet = quietHours.Holds(alert.Time, rule.Severity);
        var channels = rule.Channels.Count == 0 ? dispatcher.Channels : [.. dispatcher.Channels.Where(c => rule.Channels.Contains(c, StringComparer.Ordinal))];
        var claim = Claim(alert, rule.CoolDown, [.. channels.Select(c => new AlertDelivery(c, isQuiet ? DeliveryState.Quiet : DeliveryState.Pending))]);
        if (claim.Verdict != ClaimVerdict.Mine)
        {
            context.Counts.Add(claim.Verdict == ClaimVerdict.Told ? "told_before" : "cooling_down");
            return claim;
        }

        context.Counts.Add("granted");
        if (isQuiet) context.Counts.Add("quiet");
        Append(alert, isQuiet);
        if (!isQuiet) dispatcher.Enqueue(alert, channels);
        return claim;
    }

    // A full disk is a reason for an alert, not against one: without its memory it is sent, at the risk that another process sends it too.
    private AlertClaim Claim(Alert alert, TimeSpan coolDown, IReadOnlyList<AlertDelivery> deliveries)
    {
        try
        {
            return context.Log.Claim(alert, coolDown, deliveries);
        }
        catch (StorageException failure)
        {
            context.Logger.LogError(failure, "Alert {Title} cannot be claimed and is sent all the same", alert.Title);
            return new AlertClaim(ClaimVerdict.Mine);
        }
    }

    private void Append(Alert alert, bool isQuiet)
    {
        try
        {
            sink.Append(alert, isQuiet);
        }
        catch (StorageException failure)
        {
            context.Logger.LogError(failure, "Alert {Title} cannot be written to its file", alert.Title);
        }
    }
}
