using Mts.Core;

namespace Mts.Storage.Files.Import.Dialects;

/// <summary>LEAN's quote bars, bid and ask with their sizes: known, and not read.</summary>
internal sealed class LeanQuoteDialect : IBarDialect
{
    public BarLayout? Recognise(in RowSample sample)
    {
        if (sample.IsHeader || sample.Cells.Length != 11) return null;
        if (!LeanMinuteDialect.IsOfDay(sample.Cells[0]) && sample.Cells[0] is not { Length: 14 }) return null;
        throw new DataValidationException($"{sample.OuterName} holds quotes (bid and ask bars), which are not read yet; import the trade file beside it.");
    }
}
