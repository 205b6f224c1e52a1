using Mts.Storage.Sqlite;

namespace Mts.Cli;

/// <summary>Opens the store that the settings name.</summary>
internal static class Stores
{
    /// <exception cref="StoreBusyException">Another process writes the data folder.</exception>
    public static SqliteStore OpenWriter(this Session session, string purpose) => SqliteStore.OpenWriter(
        session.DataDirectory, session.Clock,
        new WriterOptions { Assets = session.Assets, Venues = session.Settings.Sources.Order, Purpose = "mts " + purpose });

    /// <exception cref="BacktestDataException">There is no store yet.</exception>
    public static SqliteStore OpenReader(this Session session) => SqliteStore.Exists(session.DataDirectory)
        ? SqliteStore.OpenReader(session.DataDirectory, session.Clock)
        : throw new BacktestDataException($"there is no data in {session.DataDirectory} yet; `mts collect` fetches some, `mts data import` reads files, --data-dir names another folder.");
}
