using System.CommandLine;
using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Core.Analysis;
using Mts.Core.Indicators.Statistics;
using Mts.Engine.Reports.Analysis;

namespace Mts.Cli.Commands.Analysis;

/// <summary><c>mts analyze correlation</c>: how the markets move together and with macro series, and which of that is more than chance.</summary>
internal static class AnalyzeCorrelationCommand
{
    public static Command Create(CliHost host)
    {
        var (flags, symbols, indicators) = (new AnalysisFlags(), AnalysisFlags.Symbols(), AnalysisFlags.Indicators());
        indicators.Description = "Macro series to set each market against; VIX, DXY and TREASURY_10Y unless given, as far as they are stored.";
        var windows = Flags.Names("--windows", "Daily returns in each window; 7,14,30,60 unless given.", "N");
        var command = new Command("correlation", "Correlations of daily returns with intervals and corrected p-values.") { symbols, indicators, windows };
        flags.AddTo(command);
        return command.Runs(host, (session, arguments) =>
        {
            flags.CheckPage(session, arguments);
            var lengths = Lengths(arguments.GetValue(windows) ?? []);
            using var store = session.OpenReader();
            var data = new AnalysisData(session, store, flags.Moment(session, arguments));
            var markets = data.Markets(arguments.GetValue(symbols) ?? []);
            var macro = MacroOf(data, arguments.GetValue(indicators) ?? [], store.ListMacro().Select(m => m.SeriesId));
            var pairs = MarketPair.Adjust(Pairs(data, markets, macro, lengths));
            if (pairs.Count == 0) throw new BacktestDataException("one market alone has no correlation; give more --symbols, or collect macro series with `mts collect-macro`.");
            var mosaic = new CorrelationMosaic(lengths.Contains(30) ? 30 : lengths[^1], [.. markets.Select(m => m.Name)], pairs);
            var notes = CorrelationNotes.Of(mosaic);
            Show(session, data.AsOf, mosaic, notes);
            flags.WritePage(session, arguments, () => HtmlCorrelation.Write(data.AsOf, mosaic, notes));
            return ExitCode.Done;
        });
    }

    private static List<int> Lengths(string[] given)
    {
        if (given.Length == 0) return [7, 14, 30, 60];
        var lengths = new List<int>();
        foreach (var text in given)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < 4 or > 10_000) throw new UsageException($"--windows: '{text}' is not a whole number from 4 to 10000.");
            lengths.Add(length);
        }

        return [.. lengths.Distinct().Order()];
    }

    private static IReadOnlyList<MacroSeries> MacroOf(AnalysisData data, string[] given, IEnumerable<string> stored)
    {
        if (given.Length > 0) return data.MacroSeriesOf(given);
        var there = stored.ToHashSet(StringComparer.Ordinal);
        return [.. new[] { "VIXCLS", "DTWEXBGS", "DGS10" }.Where(there.Contains).Select(MacroCatalog.Find)];
    }

    private static List<MarketPair> Pairs(AnalysisData data, IReadOnlyList<(string Name, DailySeries Closes)> markets, IReadOnlyList<MacroSeries> macro, List<int> lengths)
    {
        var pairs = new List<MarketPair>();
        for (var i = 0; i < markets.Count; i++)
        {
            for (var j = i + 1; j < markets.Count; j++)
                pairs.Add(MarketPair.Of(markets[i].Name, markets[j].Name, isMacro: false, PairedReturns.Of(markets[i].Closes, markets[j].Closes), lengths));
        }

        foreach (var series in macro)
        {
            var observations = data.Macro(series);
            foreach (var (name, closes) in markets) pairs.Add(MarketPair.Of(name, series.Id, isMacro: true, PairedReturns.OfKnown(closes, observations), lengths));
        }

        return pairs;
    }

    private static void Show(Session session, Timestamp asOf, CorrelationMosaic mosaic, IReadOnlyList<string> notes)
    {
        var lengths = mosaic.Pairs[0].Windows.Select(w => w.Window).ToList();
        var grid = new Grid(["pair", .. lengths.Select(l => $">{l}"), "95 %", ">p corrected", "called"]) { Title = $"Correlations of daily returns, as known by {asOf}; interval and p of {mosaic.Window}" };
        foreach (var pair in mosaic.Pairs)
        {
            var main = pair.Windows.First(w => w.Window == mosaic.Window);
            grid.Add([
                pair.Name, .. pair.Windows.Select(w => Two(w.R)), main.Test is { Low: { } low, High: { } high } ? $"{Two(low)} to {Two(high)}" : "n/a", main.AdjustedPValue < 0.0005 ? "<0.001" : Figures.Ratio(main.AdjustedPValue), main.Strength.ToText().Replace('_', ' '),
            ]);
        }

        session.Output.Table(grid);
        foreach (var note in notes) session.Output.Line(note);
        session.Output.Document(w => CorrelationJson.Write(w, asOf, mosaic, notes));
    }

    private static string Two(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "n/a";
}
