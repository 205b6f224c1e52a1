using Microsoft.Extensions.Logging;
using Mts.Cli.Commands.Backtests;
using Mts.Storage.Files;
using Mts.Storage.Sqlite;

namespace Mts.Cli;

/// <summary>Opens the store that the settings name.</summary>
internal static class Stores
{
    /// <exception cref="StoreBusyException">Another process writes the data folder.</exception>
    public static SqliteStore OpenWriter(this Session session, string purpose)
    {
        var options = new WriterOptions { Assets = session.Assets, Venues = session.Settings.Sources.Order, Purpose = "mts " + purpose };
        session.Loggers.CreateLogger("Mts.Cli").LogInformation("mts {Purpose} writes {Folder}", purpose, session.DataDirectory);
        var store = SqliteStore.OpenWriter(session.DataDirectory, session.Clock, options);
        RunFiles.Index(store, session.Clock);
        return store;
    }

    /// <summary>Brings the CSV files beside the store up to date, where the settings ask for them. Jobs that end at the same time do it one after the other.</summary>
    public static void MirrorAsCsv(this Session session, SqliteStore store)
    {
        if (!session.Settings.Storage.CsvBackup) return;
        lock (session.MirrorTurn)
        {
            var files = new BackupWriter(session.DataDirectory).Write(store, store);
            session.Metrics.Add("csv_files", files.Count);
        }
    }

    /// <exception cref="BacktestDataException">There is no store yet.</exception>
    public static SqliteStore OpenReader(this Session session) => SqliteStore.Exists(session.DataDirectory)
        ? SqliteStore.OpenReader(session.DataDirectory, session.Clock)
        : throw new BacktestDataException($"there is no data in {session.DataDirectory} yet; `mts collect` fetches some, `mts data import` reads files, --data-dir names another folder.");
}
