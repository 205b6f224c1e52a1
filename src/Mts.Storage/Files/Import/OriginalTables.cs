using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Quality;
using Mts.Storage.Files.Import.Text;

namespace Mts.Storage.Files.Import;

/// <summary>Takes the rows of the first version's tables, whatever they are read from, and sorts them by coin, series and market.</summary>
internal sealed class OriginalTables(ImportedFile file, bool isTruncated, Timestamp asOf)
{
    private readonly List<RejectedRow> refused = [];
    private readonly SortedDictionary<string, (RowTally Tally, List<PricePoint> Rows)> prices = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (RowTally Tally, MacroRows Rows)> macro = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (RowTally Tally, List<FundingRow> Rows)> funding = new(StringComparer.Ordinal);

    public void AddPrice(int line, string text, string coin, Timestamp time, double price, double volume)
    {
        if (!prices.TryGetValue(coin, out var of)) prices.Add(coin, of = (NewTally(), []));
        of.Tally.RowsRead++;
        if (OriginalData.Broken(price) is { } reason) of.Tally.Reject(file.Name, line, reason, text);
        else of.Rows.Add(OriginalData.Point(time, price, volume));
    }

    public void AddMacro(int line, string text, string indicator, DateOnly day, double? value, bool isInterpolated, bool isForwardFilled)
    {
        if (MacroCatalog.TryFind(indicator) is not { } series)
        {
            Refuse(new RejectedRow(file.Name, line, "unknown_series", text));
            return;
        }

        if (!macro.TryGetValue(indicator, out var of)) macro.Add(indicator, of = (NewTally(), new MacroRows(series, asOf.Date)));
        of.Tally.RowsRead++;
        var reason = OriginalData.IsHandMade(indicator, day, value) ? "hand_made" : of.Rows.Add(day, value, isInterpolated, isForwardFilled);
        if (reason is not null) of.Tally.Reject(file.Name, line, reason, text);
    }

    public void AddFunding(int line, string text, string exchange, string symbol, FundingRow row)
    {
        var key = $"{exchange} {symbol}";
        if (!funding.TryGetValue(key, out var of)) funding.Add(key, of = (NewTally(), []));
        of.Tally.RowsRead++;
        if (FundingRows.Broken(row.Rate) is { } reason) of.Tally.Reject(file.Name, line, reason, text);
        else of.Rows.Add(row);
    }

    /// <summary>Counts a row of which not even the coin, series or market is certain; it goes to the first report.</summary>
    public void Refuse(RejectedRow row) => refused.Add(row);

    /// <exception cref="DataValidationException">There is no row at all.</exception>
    public OriginalImport Build()
    {
        var first = prices.Values.Select(p => p.Tally).Concat(macro.Values.Select(m => m.Tally)).Concat(funding.Values.Select(f => f.Tally)).FirstOrDefault()
            ?? throw new DataValidationException($"{file.Name} holds no row of the first version's tables{(refused.Count > 0 ? $"; the first of {refused.Count} refused is '{refused[0].Text}'" : "")}.");
        foreach (var row in refused)
        {
            first.RowsRead++;
            first.Reject(row.File, row.Line, row.Reason, row.Text);
        }

        return Import();
    }

    private OriginalImport Import() => new(
        [.. prices.Select(p => OriginalData.Points(p.Key, p.Value.Rows, p.Value.Tally, asOf))],
        [.. macro.Select(m => m.Value.Rows.Build(m.Value.Tally))],
        [.. funding.Select(f => Funding(f.Key.Split(' '), f.Value.Rows, f.Value.Tally))]);

    private FundingImport Funding(string[] market, List<FundingRow> rows, RowTally tally) =>
        FundingRows.Assemble(market[0], Symbol.TryParse(market[1], out var symbol) ? symbol with { Settle = symbol.Quote } : null, rows, tally, asOf);

    private RowTally NewTally()
    {
        var tally = new RowTally { IsTruncated = isTruncated };
        tally.Read(file);
        tally.Met(OriginalData.Dialect);
        return tally;
    }
}
