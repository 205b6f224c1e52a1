namespace Mts.Storage.Sqlite;

/// <summary>All or nothing: what is not committed is undone.</summary>
internal sealed class Transaction(Database database) : IDisposable
{
    private bool open = true;

    public void Commit()
    {
        database.Run("COMMIT");
        open = false;
    }

    public void Dispose()
    {
        if (!open) return;
        open = false;
        // SQLite has undone it already where the disk was full or the file unreadable.
        if (!database.InTransaction) return;
        database.Run("ROLLBACK");
    }
}
