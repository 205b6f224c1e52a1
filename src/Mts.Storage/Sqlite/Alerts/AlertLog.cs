using System.Globalization;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Core.Ports;
using SQLitePCL;

namespace Mts.Storage.Sqlite.Alerts;

/// <summary>The memory of alerts in one small SQLite file, <c>alerts/alerts.db</c> of the data folder. Safe for several threads and processes.</summary>
/// <remarks>
/// It is not in the store's file because that has one writer, and alerts come from every process. Its journal is the old one (rollback), which has
/// no fault with several writers; each claim is flushed to the disk before it is granted.
/// </remarks>
public sealed class AlertLog : IAlertLog
{
    private const int BusyMilliseconds = 5_000;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static int opened;

    private readonly Lock turn = new();
    private readonly Database database;
    private readonly ClaimTable claims;
    private readonly DeliveryTable deliveries;
    private readonly string holder;
    private bool disposed;

    private AlertLog(Database database, string holder)
    {
        (this.database, this.holder) = (database, holder);
        claims = new ClaimTable(database);
        deliveries = new DeliveryTable(database, holder);
    }

    public static string In(string dataDir) => Path.Combine(dataDir, "alerts", "alerts.db");

    public static bool Exists(string dataDir) => File.Exists(In(dataDir));

    /// <summary>Opens the memory, and makes folder and file where there are none.</summary>
    /// <param name="dataDir">The data folder.</param>
    /// <param name="clock">For the names of processes, and for what is old.</param>
    /// <param name="keep">Alerts that are older are forgotten.</param>
    /// <exception cref="StorageException">The file cannot be opened, is damaged, of another program or of a newer version.</exception>
    public static AlertLog Open(string dataDir, TimeProvider clock, TimeSpan keep)
    {
        var path = In(dataDir);
        CreateFolder(Path.GetDirectoryName(path)!);
        Database.CheckEngine();
        var opening = Database.Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        try
        {
            opening.Execute($"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
            AlertSchema.Prepare(opening, path);
            var now = Timestamp.Now(clock);
            // A process id alone comes again, in a container even at once.
            var log = new AlertLog(opening, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{now.Micros}-{Interlocked.Increment(ref opened)}"));
            log.Beat(now);
            // What is raised is needed for as long as it is.
            opening.Run("DELETE FROM alert WHERE time < ? AND id NOT IN (SELECT alert_id FROM alert_state WHERE is_raised = 1)", now - keep);
            return log;
        }
        catch
        {
            opening.Dispose();
            throw;
        }
    }

    /// <summary>The history beside those who write it, also where the folder may not be written; the newest alerts first.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public static IReadOnlyList<StoredAlert> Read(string dataDir, Timestamp from, int limit)
    {
        Database.CheckEngine();
        using var reading = new AlertLog(Database.Open(In(dataDir), raw.SQLITE_OPEN_READONLY), "");
        reading.database.Execute($"PRAGMA busy_timeout = {BusyMilliseconds}");
        return reading.ReadHistory(from, limit);
    }

    public AlertClaim Claim(Alert alert, TimeSpan coolDown, IReadOnlyList<AlertDelivery> deliveries) => InTransaction(() =>
    {
        var claim = claims.Decide(alert, coolDown);
        if (claim.Verdict != ClaimVerdict.Mine) return claim;
        claims.Grant(alert);
        foreach (var delivery in deliveries) this.deliveries.Add(alert.Id, delivery);
        return claim;
    });

    public IReadOnlyList<Alert> ReadRaised()
    {
        lock (turn) return claims.ReadRaised();
    }

    public void Beat(Timestamp now)
    {
        lock (turn) database.Run("INSERT INTO alert_holder (holder, beat) VALUES (?, ?) ON CONFLICT (holder) DO UPDATE SET beat = excluded.beat", holder, now);
    }

    public IReadOnlyList<Alert> TakeOver(string channel, Timestamp now, Timestamp notBefore) => InTransaction(() =>
    {
        database.Run("DELETE FROM alert_holder WHERE beat < ?", now - Silence);
        return deliveries.TakeOver(channel, notBefore);
    });

    public void Note(string alertId, AlertDelivery delivery)
    {
        lock (turn) deliveries.Note(alertId, delivery);
    }

    public IReadOnlyList<StoredAlert> ReadHistory(Timestamp from, int limit)
    {
        lock (turn) return [.. claims.ReadHistory(from, limit).Select(a => new StoredAlert(a, deliveries.Of(a.Id)))];
    }

    public void Dispose()
    {
        lock (turn)
        {
            if (disposed) return;
            disposed = true;
            try
            {
                if (holder.Length > 0) database.Run("DELETE FROM alert_holder WHERE holder = ?", holder);
            }
            catch (StorageException)
            {
                // The others find out by our silence.
            }

            database.Dispose();
        }
    }

    private T InTransaction<T>(Func<T> work)
    {
        lock (turn)
        {
            using var transaction = database.Begin();
            var result = work();
            transaction.Commit();
            return result;
        }
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The folder {folder} cannot be made: {e.Message}", e);
        }
    }
}
