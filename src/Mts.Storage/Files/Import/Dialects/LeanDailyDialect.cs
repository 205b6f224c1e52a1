using System.Text;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import.Dialects;

/// <summary>LEAN's hourly and daily trade bars: <c>yyyyMMdd HH:mm</c> and five numbers, no header.</summary>
internal sealed class LeanDailyDialect : IBarDialect
{
    public BarLayout? Recognise(in RowSample sample) =>
        !sample.IsHeader && sample.Cells is [{ Length: 14 } time, _, _, _, _, _] && time[8] == ' ' && Utf8Time.TryParse(Encoding.UTF8.GetBytes(time), out _, out _)
            ? new BarLayout("lean-daily", 6) { Volume = 5 }
            : null;
}
