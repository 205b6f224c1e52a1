using Mts.Core.Alerts;
using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>The memory of alerts that processes share: who may send what, what is raised, what became of it.</summary>
/// <remarks>Disposing it leaves what this process has not sent to the next one.</remarks>
public interface IAlertLog : IDisposable
{
    /// <summary>Asks to send an alert; of all processes that ask for the same one gets it. A granted alert stands in the history.</summary>
    /// <param name="alert">A raised one is granted while its rule and subject are not raised, a cleared one while they are, an event once per id.</param>
    /// <param name="coolDown">Least time since the rule last raised the subject; a cleared alert does not wait.</param>
    /// <param name="deliveries">What the caller will do at each channel.</param>
    AlertClaim Claim(Alert alert, TimeSpan coolDown, IReadOnlyList<AlertDelivery> deliveries);

    /// <summary>What is raised and not cleared: the newest alert of each rule and subject.</summary>
    IReadOnlyList<Alert> ReadRaised();

    /// <summary>Tells the other processes that this one lives; to be called every ten seconds.</summary>
    /// <param name="now">The present.</param>
    void Beat(Timestamp now);

    /// <summary>Takes the pending deliveries of processes that have ended or been silent for thirty seconds; each goes to one caller.</summary>
    /// <param name="channel">Whose deliveries.</param>
    /// <param name="now">The present.</param>
    /// <param name="notBefore">Alerts of earlier times are left alone.</param>
    IReadOnlyList<Alert> TakeOver(string channel, Timestamp now, Timestamp notBefore);

    /// <summary>Notes what became of an alert at a channel.</summary>
    void Note(string alertId, AlertDelivery delivery);

    /// <summary>The newest alerts first.</summary>
    IReadOnlyList<StoredAlert> ReadHistory(Timestamp from, int limit);
}

/// <summary>Where every alert is written, whatever happens at the channels.</summary>
public interface IAlertSink
{
    /// <param name="alert">The alert.</param>
    /// <param name="isQuiet">Whether quiet hours keep it from the channels.</param>
    void Append(Alert alert, bool isQuiet);
}
