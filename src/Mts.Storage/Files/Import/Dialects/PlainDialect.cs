using System.Text;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import.Dialects;

/// <summary>Time, open, high, low, close and perhaps volume: columns by their header's names in any order, or in this order without a header.</summary>
internal sealed class PlainDialect : IBarDialect
{
    public BarLayout? Recognise(in RowSample sample) => sample.IsHeader ? ByNames(sample) : ByPosition(sample);

    private static BarLayout? ByNames(in RowSample sample)
    {
        var epoch = sample.Column("unix", "unixtime", "opentime", "timestamp", "time");
        var date = sample.Column("datetime", "date");
        var (open, high, low, close) = (sample.Column("open", "o"), sample.Column("high", "h"), sample.Column("low", "l"), sample.Column("close", "c"));
        if ((epoch < 0 && date < 0) || open < 0 || high < 0 || low < 0 || close < 0) return null;
        return new BarLayout("plain", sample.Names.Length)
        {
            Time = epoch >= 0 ? epoch : date,
            Date = epoch >= 0 ? date : -1,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = sample.Column("volume", "vol", "v", "basevolume"),
            TradeCount = sample.Column("count", "trades", "tradecount", "numberoftrades"),
            CloseTime = sample.Column("closetime"),
            Symbol = sample.Column("symbol"),
        };
    }

    private static BarLayout? ByPosition(in RowSample sample)
    {
        if (sample.Cells.Length is not (5 or 6) || !Utf8Time.TryParse(Encoding.UTF8.GetBytes(sample.Cells[0]), out _, out _)) return null;
        return new BarLayout("plain", sample.Cells.Length) { Volume = sample.Cells.Length == 6 ? 5 : -1 };
    }
}
