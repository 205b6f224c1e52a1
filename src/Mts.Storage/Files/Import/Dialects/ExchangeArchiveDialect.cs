using System.Text;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import.Dialects;

/// <summary>Binance's bulk archive: twelve columns, a header in newer futures files only, milliseconds or (spot since 2025) microseconds.</summary>
/// <remarks>https://github.com/binance/binance-public-data</remarks>
internal sealed class ExchangeArchiveDialect : IBarDialect
{
    private static readonly BarLayout Layout = new("exchange-archive", 12) { Volume = 5, CloseTime = 6, TradeCount = 8, Venue = "binance" };

    public BarLayout? Recognise(in RowSample sample)
    {
        if (sample.Cells.Length != Layout.Columns) return null;
        if (sample.IsHeader) return sample.Names is ["opentime", "open", "high", "low", "close", "volume", "closetime", ..] ? Layout : null;
        return IsTime(sample.Cells[0]) && IsTime(sample.Cells[6]) ? Layout : null;
    }

    private static bool IsTime(string cell) => Utf8Time.TryParse(Encoding.UTF8.GetBytes(cell), out _, out var unit) && unit != TimeUnit.Text;
}
