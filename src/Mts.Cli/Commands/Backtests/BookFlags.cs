using System.CommandLine;
using System.CommandLine.Parsing;
using Mts.Engine.Execution.Queues;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of a run inside recorded books.</summary>
internal sealed class BookFlags
{
    private readonly Option<string[]> book = new("--book") { Description = "Runs inside these recordings of books and trades: files, or a journal of `mts stream`.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> market = new("--market") { Description = "Which market of --venue was recorded: spot or perp; a journal of `mts stream` knows.", HelpName = "MARKET" };
    private readonly Option<string?> queue = new("--queue") { Description = $"Where those stand in a queue who cancel: {QueueModel.Allowed}; risk-averse unless given.", HelpName = "MODEL" };

    public BookFlags() => market.AcceptOnlyFromAmong("spot", "perp");

    /// <param name="command">Takes the options.</param>
    /// <param name="others">Those that make no sense inside a book.</param>
    public void AddTo(Command command, params IReadOnlyList<Option> others)
    {
        Option[] all = [book, market, queue];
        foreach (var option in all) command.Add(option);
        command.Validators.Add(result =>
        {
            var isInside = result.GetResult(book) is not null;
            foreach (var option in (Option[])[market, queue])
            {
                if (!isInside && result.GetResult(option) is { Implicit: false }) result.AddError($"{option.Name} needs --book.");
            }

            foreach (var option in others)
            {
                if (isInside && result.GetResult(option) is { Implicit: false }) result.AddError($"{option.Name} does not go with --book: the recording has it.");
            }
        });
    }

    public bool IsGiven(ParseResult arguments) => arguments.GetResult(book) is not null;

    public bool IsGiven(CommandResult result) => result.GetResult(book) is not null;

    public IReadOnlyList<string> Files(ParseResult arguments) => arguments.GetValue(book) ?? [];

    public string? Market(ParseResult arguments) => arguments.GetValue(market);

    /// <returns>Null for fills on bars.</returns>
    public QueueModel? Model(ParseResult arguments) => !IsGiven(arguments) ? null : arguments.GetValue(queue) is { } text ? QueueModel.Parse(text) : QueueModel.RiskAverse;
}
