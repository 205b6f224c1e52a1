using System.CommandLine;
using System.CommandLine.Parsing;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Collection;

/// <summary>The options that say which time to collect: the last days, or from one day to another.</summary>
internal sealed class CollectionRange(int days)
{
    private readonly Option<int> days = Flags.Whole("--days", "How many days back from now.", days, 1, 10_000, "a positive integer, at most 10000");
    private readonly Option<Timestamp?> start = Flags.Day("--start", "First UTC day, instead of --days.");
    private readonly Option<Timestamp?> end = Flags.Day("--end", "Last UTC day, included.");

    public void AddTo(Command command)
    {
        command.Add(days);
        command.Add(start);
        command.Add(end);
        command.Validators.Add(Check);
    }

    /// <returns>The range, its end excluded.</returns>
    public (Timestamp From, Timestamp Until) Of(ParseResult arguments, TimeProvider clock)
    {
        var now = Timestamp.Now(clock);
        var until = arguments.GetValue(end) is { } last ? Next(last) : now;
        var from = arguments.GetValue(start) ?? until - TimeSpan.FromDays(arguments.GetValue(days));
        return from < now ? (from, until < now ? until : now) : throw new UsageException("the range lies in the future; nothing can be collected there.");
    }

    private void Check(CommandResult result)
    {
        var (first, last) = (result.GetValue(start), result.GetValue(end));
        if (first is not null && result.GetResult(days) is { Implicit: false }) result.AddError("--days and --start exclude each other.");
        if (first is { } a && last is { } b && b < a) result.AddError("--end lies before --start.");
    }

    private static Timestamp Next(Timestamp day) => new(day.Micros + Timestamp.MicrosPerDay);
}
