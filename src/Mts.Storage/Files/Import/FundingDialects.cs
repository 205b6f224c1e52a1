using System.Text;
using Mts.Storage.Files.Import.Dialects;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Where the values of a funding row stand.</summary>
/// <param name="Dialect">The dialect's name in reports.</param>
/// <param name="Columns">Fields that every row has.</param>
/// <param name="Time">Column of the settlement, or of the quote's time.</param>
/// <param name="Rate">Column of the rate.</param>
/// <param name="SettlesAt">Column of the settlement that a quote is for; -1 where the rows are settled funding.</param>
internal sealed record FundingLayout(string Dialect, int Columns, int Time, int Rate, int SettlesAt = -1);

/// <summary>The funding dialects there are, told by header or first row.</summary>
internal static class FundingDialects
{
    public static FundingLayout? Recognise(in RowSample sample)
    {
        if (!sample.IsHeader) return IsLean(sample.Cells) ? new FundingLayout("lean", 2, 0, 1) : null;
        var columns = sample.Names.Length;
        if (sample.Names is ["date", "open", "high", "low", "close", "volume"]) return new FundingLayout("freqtrade", columns, 0, 1);
        if (sample.Column("calctime") is >= 0 and var calculated && sample.Column("lastfundingrate") is >= 0 and var last)
            return new FundingLayout("exchange-archive", columns, calculated, last);
        var (time, rate, settles) = (sample.Column("timestamp", "time"), sample.Column("fundingrate", "rate"), sample.Column("fundingtime"));
        if (sample.Column("exchange") >= 0 && sample.Column("symbol") >= 0) return null;
        if (time >= 0 && rate >= 0 && settles >= 0) return new FundingLayout("quotes", columns, time, rate, settles);
        if (rate >= 0 && Math.Max(time, settles) is >= 0 and var settled) return new FundingLayout("plain", columns, settled, rate);
        return null;
    }

    private static bool IsLean(string[] cells) => cells.Length == 2 && Utf8Time.TryParse(Encoding.UTF8.GetBytes(cells[0]), out _, out _);
}
