using Mts.Core.Ports;
using Mts.Storage.Sqlite;

namespace Mts.UnitTests.Storage;

public sealed class SqliteMarketStoreTests : MarketStoreContract, IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteStore store;

    public SqliteMarketStoreTests() => store = SqliteStore.OpenWriter(folder.Path, TimeProvider.System);

    protected override IMarketStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}
