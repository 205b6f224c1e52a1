using Mts.Core.Alerts;
using Mts.Core.Market;

namespace Mts.Storage.Sqlite.Alerts;

/// <summary>How far each alert has come at each channel, and which process is at it.</summary>
internal sealed class DeliveryTable(Database database, string holder)
{
    private const string Orphans = "channel = ?1 AND state = 0 AND holder NOT IN (SELECT holder FROM alert_holder)";

    public void Add(string alertId, AlertDelivery delivery) => database.Run(
        "INSERT INTO alert_delivery (alert_id, channel, state, attempts, reason, holder) VALUES (?, ?, ?, ?, ?, ?)",
        alertId, delivery.Channel, (int)delivery.State, delivery.Attempts, delivery.Reason, holder);

    public void Note(string alertId, AlertDelivery delivery) => database.Run(
        "UPDATE alert_delivery SET state = ?, attempts = ?, reason = ?, holder = ? WHERE alert_id = ? AND channel = ?",
        (int)delivery.State, delivery.Attempts, delivery.Reason, holder, alertId, delivery.Channel);

    /// <summary>What nobody alive is at: the fresh ones become this process's, the others are over.</summary>
    public IReadOnlyList<Alert> TakeOver(string channel, Timestamp notBefore)
    {
        var fresh = database.Read(
            $"SELECT {ClaimTable.Columns} FROM alert_delivery d JOIN alert a ON a.id = d.alert_id " +
            $"WHERE {Orphans} AND a.time >= ?2 ORDER BY a.time, a.id",
            ClaimTable.Row, channel, notBefore);
        database.Run(
            $"UPDATE alert_delivery SET state = {(int)DeliveryState.Dropped}, reason = 'its process ended before it was sent' " +
            $"WHERE {Orphans} AND alert_id IN (SELECT id FROM alert WHERE time < ?2)",
            channel, notBefore);
        foreach (var alert in fresh) database.Run("UPDATE alert_delivery SET holder = ? WHERE alert_id = ? AND channel = ?", holder, alert.Id, channel);
        return fresh;
    }

    public IReadOnlyList<AlertDelivery> Of(string alertId) => database.Read(
        "SELECT channel, state, attempts, reason FROM alert_delivery WHERE alert_id = ? ORDER BY channel",
        r => new AlertDelivery(r.Text(0), (DeliveryState)r.Int64(1), (int)r.Int64(2), r.TextOrNull(3)), alertId);
}
