namespace Mts.Storage.Files.Import.Dialects;

/// <summary>The bar dialects there are; the first that recognises a row reads the file.</summary>
internal static class BarDialects
{
    private static readonly IBarDialect[] All =
    [
        new ExchangeArchiveDialect(),
        new CryptoDataDownloadDialect(),
        new LeanQuoteDialect(),
        new LeanMinuteDialect(),
        new LeanDailyDialect(),
        new PlainDialect(),
    ];

    public static BarLayout? Recognise(in RowSample sample)
    {
        foreach (var dialect in All)
        {
            if (dialect.Recognise(sample) is { } layout) return layout;
        }

        return null;
    }
}
