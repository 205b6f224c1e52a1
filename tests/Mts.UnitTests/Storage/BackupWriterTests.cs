using Mts.Core.Market;
using Mts.Storage.Files;
using Mts.Storage.Sqlite;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Storage;

public sealed class BackupWriterTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteStore store;
    private readonly BackupWriter backup;

    public BackupWriterTests()
    {
        store = SqliteStore.OpenWriter(folder.Path, TimeProvider.System, new WriterOptions { Assets = Assets });
        backup = new BackupWriter(folder.Path);
    }

    private string Bitcoin2023 => folder.File("backup/bitcoin_2023.csv");

    private string Bitcoin2024 => folder.File("backup/bitcoin_2024.csv");

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Each_row_stands_in_the_file_of_its_UTC_year()
    {
        store.WriteBars(BtcDaily, true, [Daily(-1, 42_283.58, 0.00000001), Daily(0)], From("binance"));

        backup.Write(store, store).ShouldBe([Bitcoin2023, Bitcoin2024]);

        File.ReadAllText(Bitcoin2023).ShouldBe("timestamp,open,high,low,close,volume\n1703980800000,42282.58,42285.58,42280.58,42283.58,0.00000001\n");
        File.ReadAllText(Bitcoin2024).ShouldBe("timestamp,open,high,low,close,volume\n1704067200000,99,102,97,100,5\n");
    }

    [Fact]
    public void Only_files_of_changed_years_are_written()
    {
        store.WriteBars(BtcDaily, true, [Daily(-1), Daily(0)], From("binance"));
        backup.Write(store, store);
        var old = File.GetLastWriteTimeUtc(Bitcoin2023);

        backup.Write(store, store).ShouldBeEmpty();
        store.WriteBars(BtcDaily, true, [Daily(1)], From("binance"));

        backup.Write(store, store).ShouldBe([Bitcoin2024]);
        File.GetLastWriteTimeUtc(Bitcoin2023).ShouldBe(old);
        Directory.GetFiles(folder.File("backup")).Length.ShouldBe(2);
    }

    [Fact]
    public void Macro_files_have_the_columns_of_the_brief_and_blank_missing_values()
    {
        var day = new DateOnly(2024, 12, 31);
        store.WriteMacro("VIXCLS", [new(day, 17.35, Day(366)), new(day.AddDays(1), null, Day(367)), new(day.AddDays(2), null, Day(368))], From("fred"));
        store.WriteMacro("VIXCLS", [new(day.AddDays(2), 17.35, Day(368), IsForwardFilled: true)], From("filled:forward"));

        backup.Write(store, store).Count.ShouldBe(2);

        const string Header = "date,value,series_id,indicator_name,units,is_interpolated,is_forward_filled,source\n";
        File.ReadAllText(folder.File("raw/macro/vixcls_2024.csv")).ShouldBe(Header + "2024-12-31,17.35,VIXCLS,\"CBOE Volatility Index, close\",index,False,False,fred\n");
        File.ReadAllText(folder.File("raw/macro/vixcls_2025.csv")).ShouldBe(
            Header + "2025-01-01,,VIXCLS,\"CBOE Volatility Index, close\",index,False,False,fred\n" +
            "2025-01-02,17.35,VIXCLS,\"CBOE Volatility Index, close\",index,False,True,filled:forward\n");
    }

    [Fact]
    public void Settled_funding_stands_beside_the_funding_that_was_building_up()
    {
        FundingRate[] rates = [new(Day(-1), 0.0001, 42_000.5), new(Day(0), -0.00002, null)];
        store.WriteFunding("binance", Symbol.Parse("BTC/USDT:USDT"), rates, From("binance"));

        var files = backup.Write(store, store);

        files.ShouldBe([folder.File("raw/funding/binance_BTCUSDT-PERP_2023.csv"), folder.File("raw/funding/binance_BTCUSDT-PERP_2024.csv")]);
        File.ReadAllText(files[0]).ShouldBe("timestamp,funding_rate,mark_price\n1703980800000,0.0001,42000.5\n");
        File.ReadAllText(files[1]).ShouldBe("timestamp,funding_rate,mark_price\n1704067200000,-0.00002,\n");
    }
}
