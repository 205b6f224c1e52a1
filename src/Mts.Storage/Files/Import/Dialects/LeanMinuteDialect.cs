using System.Globalization;
using System.Text.RegularExpressions;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Storage.Files.Import.Dialects;

/// <summary>LEAN's second and minute trade bars: milliseconds since a midnight that the file's name tells.</summary>
/// <remarks>https://github.com/QuantConnect/Lean/blob/master/Data/crypto/readme.md</remarks>
internal sealed partial class LeanMinuteDialect : IBarDialect
{
    private const int MillisecondsPerDay = 86_400_000;

    public BarLayout? Recognise(in RowSample sample)
    {
        if (sample.IsHeader || sample.Cells.Length != 6 || !IsOfDay(sample.Cells[0])) return null;
        var day = DayIn(sample.FileName) ?? DayIn(sample.OuterName) ??
            throw new DataValidationException(
                $"{sample.OuterName} has times since midnight, and no name tells the day; name the file like 20221213_btcusdt_minute_trade.csv.");
        return new BarLayout("lean-minute", 6) { Volume = 5, Midnight = Timestamp.FromDate(day).Micros };
    }

    internal static bool IsOfDay(string cell) =>
        cell.Length <= 8 && long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < MillisecondsPerDay;

    private static DateOnly? DayIn(string name)
    {
        foreach (var match in EightDigits().EnumerateMatches(name))
        {
            if (DateOnly.TryParseExact(name.AsSpan(match.Index, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        }

        return null;
    }

    [GeneratedRegex("(?<![0-9])[0-9]{8}(?![0-9])", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EightDigits();
}
