using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Engine.Analytics;
using Mts.Engine.Reports;

namespace Mts.Cli.Commands.Reports;

/// <summary><c>mts report compare A B</c>: what differs between two runs, and whether it matters.</summary>
internal static class ReportCompareCommand
{
    private const int TradesShown = 5;

    public static Command Create(CliHost host)
    {
        var (first, second) = (RunArgument.Create("first", "The first run"), RunArgument.Create("second", "The second run"));
        var html = new Option<string?>("--html") { Description = "Also writes the comparison as one self-contained page.", HelpName = "FILE.html" };
        return new Command("compare", "Compares two runs: inputs, figures, trades, and how sure the difference is.") { first, second, html }.Runs(host, (session, arguments) =>
        {
            PageFile.Check(session, html.Name, arguments.GetValue(html));
            var comparison = RunComparison.Of(RunArgument.Read(session, arguments.GetRequiredValue(first)), RunArgument.Read(session, arguments.GetRequiredValue(second)));
            RunArgument.Warn(session, comparison.First);
            RunArgument.Warn(session, comparison.Second);
            Show(session, comparison);
            if (arguments.GetValue(html) is { } file) PageFile.Write(session, file, ComparisonPage.Write(comparison));
            session.Output.Document(w => ComparisonJson.Write(w, comparison));
            return ExitCode.Done;
        });
    }

    private static void Show(Session session, RunComparison c)
    {
        session.Output.Line($"first   {c.First.Id}  {c.First.Strategies} on {c.First.Markets}");
        session.Output.Line($"second  {c.Second.Id}  {c.Second.Strategies} on {c.Second.Markets}");
        var inputs = new Grid("input", "first", "second") { Title = "What differs in the inputs" };
        foreach (var d in c.Inputs) inputs.Add(d.Name, d.First, d.Second);
        if (c.Inputs.Count == 0) session.Output.Line("the inputs are the same");
        else session.Output.Table(inputs);
        var metrics = new Grid("figure", ">first", ">second", ">difference");
        metrics.Add("guards", c.First.Verdicts.GuardsInWords, c.Second.Verdicts.GuardsInWords, "").Add("data", c.First.Verdicts.DataInWords, c.Second.Verdicts.DataInWords, "");
        foreach (var m in c.Metrics) metrics.Add(m.Name, ReportShowCommand.Text(m.First), ReportShowCommand.Text(m.Second), ReportShowCommand.Text(m.Difference));
        session.Output.Table(metrics);
        session.Output.Line(Verdict(c));
        session.Output.Line($"trades: {Figures.Count(c.TradesInBoth)} in both, {Figures.Count(c.OnlyFirst.Count)} only in the first, {Figures.Count(c.OnlySecond.Count)} only in the second");
        Trades(session, "first", c.OnlyFirst);
        Trades(session, "second", c.OnlySecond);
    }

    private static string Verdict(RunComparison c) => c.Sharpe switch
    {
        null => $"the Sharpe ratios cannot be compared over {c.CommonDays} common days",
        { Interval: null } s => $"difference in Sharpe {Figures.Ratio(s.Value)} over {c.CommonDays} common days; too short for an interval",
        { Interval: { } i } s => $"difference in Sharpe {Figures.Ratio(s.Value)} over {c.CommonDays} common days, 95 % interval {Figures.Ratio(i.Low)} to {Figures.Ratio(i.High)}: " +
            (i.Low > 0 || i.High < 0 ? "luck alone would hardly make it" : "that may be luck"),
    };

    private static void Trades(Session session, string which, IReadOnlyList<StoredTrade> trades)
    {
        if (trades.Count == 0 || !session.Options.Verbose) return;
        var grid = new Grid("symbol", "side", "entry", "exit", ">pnl", "reason") { Title = $"Only in the {which}: the first {Math.Min(TradesShown, trades.Count)} of {trades.Count}" };
        foreach (var t in trades.Take(TradesShown)) grid.Add(t.Symbol, t.Side, t.EntryTime.ToString(), t.ExitTime.ToString(), Figures.Money(t.Pnl), t.Reason);
        session.Output.Table(grid);
    }
}
