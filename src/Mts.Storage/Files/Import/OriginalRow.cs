using System.Text;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import.Dialects;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>One row of a CSV file of the first version, by the names of its columns.</summary>
internal readonly record struct OriginalRow(RowSample Header, string[] Cells, int Line, string Text)
{
    public RejectedRow Refused(string reason) => new(Header.OuterName, Line, reason, Text);

    public bool TryAdd(OriginalTables tables, OriginalTable table) => table switch
    {
        OriginalTable.Macro => TryAddMacro(tables),
        OriginalTable.Funding => TryAddFunding(tables),
        OriginalTable.Prices => TryAddPrice(tables, this["cryptocurrency"]),
        _ => TryAddPrice(tables, OriginalFileReader.CoinFile().Match(Header.FileName).Groups["coin"].Value),
    };

    private string this[string name] => Cells[Header.Column(name)];

    private bool TryAddPrice(OriginalTables tables, string coin)
    {
        if (!TryTime("timestamp", out var time) || !TryNumber("close", out var price) || !TryNumber("volume", out var volume)) return false;
        tables.AddPrice(Line, Text, coin, time, price, volume);
        return true;
    }

    private bool TryAddMacro(OriginalTables tables)
    {
        if (MacroFileReader.Day(Encoding.UTF8.GetBytes(this["date"])) is not { } day) return false;
        double? value = null;
        if (this["value"].Length > 0)
        {
            if (!TryNumber("value", out var number)) return false;
            value = number;
        }

        tables.AddMacro(Line, Text, this["indicator"], day, value, IsFlag("isinterpolated"), IsFlag("isforwardfilled"));
        return true;
    }

    private bool TryAddFunding(OriginalTables tables)
    {
        if (!TryTime("timestamp", out var time) || !TryTime("fundingtime", out var settlesAt) || !TryNumber("fundingrate", out var rate)) return false;
        tables.AddFunding(Line, Text, this["exchange"], this["symbol"], new FundingRow(time, rate, settlesAt));
        return true;
    }

    private bool TryTime(string name, out Timestamp time)
    {
        var isTime = Utf8Time.TryParse(Encoding.UTF8.GetBytes(this[name]), out var micros, out _);
        time = new Timestamp(micros);
        return isTime;
    }

    private bool TryNumber(string name, out double value) => Utf8Number.TryParse(Encoding.UTF8.GetBytes(this[name]), out value);

    private bool IsFlag(string name) => Header.Column(name) is >= 0 and var column && MacroFileReader.IsFlag(Encoding.UTF8.GetBytes(Cells[column]));
}
