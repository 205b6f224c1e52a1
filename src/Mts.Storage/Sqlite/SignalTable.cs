using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Signals;

namespace Mts.Storage.Sqlite;

/// <summary>Signals that were made, once per time, asset, strategy and run; a later one of the same four takes the place.</summary>
internal sealed class SignalTable(Database database)
{
    public void Write(IReadOnlyList<StoredSignal> signals)
    {
        using var transaction = database.Begin();
        foreach (var (signal, knownTime, runId) in signals)
        {
            database.Run(
                "INSERT INTO signal (time, known_time, asset, instrument, strategy, direction, strength, confidence, position_size, price, stop, target, horizon, reason, run_id) " +
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (time, asset, strategy, run_id) DO UPDATE SET " +
                "known_time = excluded.known_time, instrument = excluded.instrument, direction = excluded.direction, strength = excluded.strength, confidence = excluded.confidence, " +
                "position_size = excluded.position_size, price = excluded.price, stop = excluded.stop, target = excluded.target, horizon = excluded.horizon, reason = excluded.reason",
                signal.Time, knownTime, signal.Asset, signal.Instrument, signal.Strategy, (int)signal.Direction, signal.Strength, signal.Confidence, signal.PositionSize,
                signal.Price, signal.Stop, signal.Target, signal.Horizon is { } horizon ? horizon.Ticks : null, signal.Reason, runId);
        }

        transaction.Commit();
    }

    public IReadOnlyList<StoredSignal> Read(string? asset, string? strategy, Timestamp from, Timestamp until) => database.Read(
        "SELECT asset, instrument, direction, strength, confidence, position_size, stop, target, horizon, strategy, time, price, reason, known_time, run_id FROM signal " +
        "WHERE (?1 IS NULL OR asset = ?1) AND (?2 IS NULL OR strategy = ?2) AND time >= ?3 AND time < ?4 ORDER BY time, asset, strategy, run_id",
        Row, asset, strategy, from, until);

    private static StoredSignal Row(Statement row) => new(
        new Signal
        {
            Asset = row.Text(0),
            Instrument = (int)row.Int64(1),
            Direction = (Direction)row.Int64(2),
            Strength = row.Real(3),
            Confidence = row.Real(4),
            PositionSize = row.Real(5),
            Stop = row.RealOrNull(6),
            Target = row.RealOrNull(7),
            Horizon = row.IsNull(8) ? null : TimeSpan.FromTicks(row.Int64(8)),
            Strategy = row.Text(9),
            Time = row.Time(10),
            Price = row.Real(11),
            Reason = row.Text(12),
        },
        row.Time(13),
        row.Text(14));
}
