using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Commands.Reports;

namespace Mts.Cli.Commands.Analysis;

/// <summary>What every analysis takes.</summary>
internal sealed class AnalysisFlags
{
    public Option<Timestamp?> AsOf { get; } = Flags.Time("--as-of", "Only what was known then; now unless given.");

    public Option<string?> Html { get; } = new("--html") { Description = "Also writes the result as one self-contained page.", HelpName = "FILE.html" };

    public static Option<string[]> Symbols() => Flags.Names("--symbols", "Assets or markets; those of sources.symbols that are stored unless given.", "NAME");

    public static Option<string[]> Indicators() => Flags.Names("--macro-indicators", "VIX, DXY, TREASURY_10Y, FED_FUNDS_RATE, any series id, or ALL; what is stored unless given.", "NAME");

    public void AddTo(Command command)
    {
        command.Add(AsOf);
        command.Add(Html);
    }

    public Timestamp Moment(Session session, ParseResult arguments) => arguments.GetValue(AsOf) ?? Timestamp.Now(session.Clock);

    public void CheckPage(Session session, ParseResult arguments) => PageFile.Check(session, Html.Name, arguments.GetValue(Html));

    public void WritePage(Session session, ParseResult arguments, Func<string> page)
    {
        if (arguments.GetValue(Html) is { } file) PageFile.Write(session, file, page(), "page");
    }
}
