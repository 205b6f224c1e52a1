namespace Mts.Storage.Files.Import.Dialects;

/// <summary>CryptoDataDownload's exports: a symbol column, volume in both currencies, epoch seconds or milliseconds beside a date in one of three forms.</summary>
/// <remarks>https://www.cryptodatadownload.com; older files have no epoch time, and their first line is the site's address.</remarks>
internal sealed class CryptoDataDownloadDialect : IBarDialect
{
    public BarLayout? Recognise(in RowSample sample)
    {
        var date = sample.Column("date");
        var time = sample.Column("unix", "unixtimestamp");
        var (symbol, open) = (sample.Column("symbol"), sample.Column("open"));
        var (high, low, close) = (sample.Column("high"), sample.Column("low"), sample.Column("close"));
        if (symbol < 0 || open < 0 || high < 0 || low < 0 || close < 0 || (time < 0 && date < 0)) return null;
        return new BarLayout("cryptodatadownload", sample.Names.Length)
        {
            Time = time >= 0 ? time : date,
            Date = time >= 0 ? date : -1,
            Symbol = symbol,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            // The base currency's volume stands first.
            Volume = Array.FindIndex(sample.Names, name => name.StartsWith("volume", StringComparison.Ordinal)),
            TradeCount = sample.Column("tradecount"),
        };
    }
}
