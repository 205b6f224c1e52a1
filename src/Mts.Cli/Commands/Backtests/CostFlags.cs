using System.CommandLine;
using System.CommandLine.Parsing;
using Mts.Cli.CommandLine;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Charges;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options of a run that say what is charged beyond one fee and one slippage.</summary>
internal sealed class CostFlags
{
    private readonly Option<double?> makerBps = Flags.Number("--maker-bps", "Fee of targets, which rest as limit orders; --fee-bps unless given. Below 0 a rebate.", -1_000, 1_000);
    private readonly Option<string[]> fees = Flags.Names("--fees", "Fees by date and tier: a file, or the name of one in config/fees/ such as binance-spot; one for spot, one for perpetuals.", "FILE");
    private readonly Option<string?> slippage = new("--slippage") { Description = "bps: --slippage-bps. spread: half the spread, recorded or of --spread-bps.", HelpName = "HOW" };
    private readonly Option<double?> spreadBps = Flags.Number("--spread-bps", "The whole spread in 1/10000, for --slippage spread; the recorded one unless given.", 0, 1_000);
    private readonly Option<string?> impact = new("--impact") { Description = "sqrt or linear: how an order moves the price, on top of the slippage.", HelpName = "LAW" };
    private readonly Option<double?> coefficient = Flags.Number("--impact-coefficient", "Of --impact, 1 unless given.", 0.000001, 1_000);
    private readonly Option<string?> margin = new("--margin") { Description = "isolated or cross: holds perpetuals on margin, with liquidation.", HelpName = "MODE" };
    private readonly Option<double?> leverage = Flags.Number("--leverage", "Notional over initial margin, 1 unless given.", 1, 200);
    private readonly Option<double?> exposure = Flags.Number("--exposure", "Multiplies the size of signals for perpetuals, up to the leverage; 1 unless given.", 0.0001, 200);
    private readonly Option<string?> tiers = new("--margin-tiers") { Description = "Maintenance margin by notional; config/margin/VENUE.json unless given.", HelpName = "FILE" };
    private readonly Option<double?> borrow = Flags.Number("--borrow-apr", "Interest on spot shorts, a fraction per year: 0.05 for 5 %.", 0, 10);
    private readonly Option<string?> rules = new("--rules") { Description = "Tick, lot and least notional over time: a file as in config/rules/, or `instrument` for those of today.", HelpName = "FILE|instrument" };

    /// <summary>What a recorded book knows better.</summary>
    public IReadOnlyList<Option> Slippages => [slippage, spreadBps, impact, coefficient];

    public CostFlags()
    {
        slippage.AcceptOnlyFromAmong("bps", "spread");
        impact.AcceptOnlyFromAmong("sqrt", "linear");
        margin.AcceptOnlyFromAmong("isolated", "cross");
    }

    public void AddTo(Command command)
    {
        Option[] all = [makerBps, fees, slippage, spreadBps, impact, coefficient, margin, leverage, exposure, tiers, borrow, rules];
        foreach (var option in all) command.Add(option);
        command.Validators.Add(result =>
        {
            Needs(spreadBps, result.GetValue(slippage) == "spread", "--slippage spread");
            Needs(coefficient, result.GetResult(impact) is not null, "--impact");
            foreach (var option in (Option[])[leverage, exposure, tiers]) Needs(option, result.GetResult(margin) is not null, "--margin");
            if (result.GetResult(makerBps) is not null && result.GetResult(fees) is not null) result.AddError("--maker-bps and --fees both say what resting orders pay; give one.");

            void Needs(Option option, bool isThere, string other)
            {
                if (result.GetResult(option) is not null && !isThere) result.AddError($"{option.Name} needs {other}.");
            }
        });
    }

    /// <summary>Whether perpetuals are held on margin.</summary>
    public bool HasMargin(CommandResult result) => result.GetResult(margin) is not null;

    /// <summary>Whether half of a spread is paid that has to be looked up.</summary>
    public bool WantsRecordedSpread(CommandResult result) => result.GetValue(slippage) == "spread" && result.GetResult(spreadBps) is null;

    /// <returns>Null where a run has one fee and one slippage.</returns>
    /// <exception cref="ConfigurationException">A file does not cover an instrument.</exception>
    public async Task<CostOptions?> ReadAsync(Session session, ParseResult arguments, IReadOnlyList<RunInstrument> instruments, CancellationToken cancellationToken)
    {
        var keys = instruments.Select(i => i.Key).ToList();
        var files = new CostFiles(session);
        var options = new CostOptions
        {
            MakerBps = (decimal?)arguments.GetValue(makerBps),
            Fees = arguments.GetValue(fees) is { Length: > 0 } names ? files.Fees(names, keys) : null,
            Spread = arguments.GetValue(slippage) == "spread" ? new SpreadOptions((decimal?)arguments.GetValue(spreadBps)) : null,
            Impact = arguments.GetValue(impact) is { } law ? new ImpactOptions(law == "sqrt" ? ImpactLaw.SquareRoot : ImpactLaw.Linear, arguments.GetValue(coefficient) ?? 1) : null,
            Margin = arguments.GetValue(margin) is { } mode ? Margin(arguments, files, keys, mode) : null,
            BorrowApr = (decimal?)arguments.GetValue(borrow),
            Rules = arguments.GetValue(rules) is { } text ? text == "instrument" ? await VenueRules.TodaysAsync(session, keys, cancellationToken) : files.Rules(text, keys) : null,
            RulesAreTodays = arguments.GetValue(rules) == "instrument",
        };
        if (options.Impact is not null && instruments.FirstOrDefault(i => !i.HasVolume) is { } silent)
            throw new BacktestDataException($"--impact needs volume, and {silent.Key} has none; choose another --venue.");
        return options == new CostOptions() ? null : options;
    }

    /// <summary>The inputs with the recorded spreads, where they are asked for.</summary>
    public BacktestInputs WithSpreads(Session session, ParseResult arguments, BacktestInputs inputs)
    {
        if (!WantsRecordedSpread(arguments.CommandResult) || !Storage.Sqlite.SqliteStore.Exists(session.DataDirectory)) return inputs;
        using var store = session.OpenReader();
        return inputs with { Instruments = [.. inputs.Instruments.Select(i => i with { Spreads = RecordedSpreads.Of(store, i.Series.Key, inputs.Start, inputs.End) })] };
    }

    private MarginOptions Margin(ParseResult arguments, CostFiles files, List<SeriesKey> keys, string mode)
    {
        if (!keys.Exists(k => k.Symbol.IsPerpetual)) throw new UsageException("--margin is of perpetuals, and there is none among the symbols; write one like BTC/USDT:USDT.");
        return new MarginOptions(
            mode == "cross" ? MarginMode.Cross : MarginMode.Isolated, (decimal)(arguments.GetValue(leverage) ?? 1), (decimal)(arguments.GetValue(exposure) ?? 1),
            files.MarginTables(arguments.GetValue(tiers), keys));
    }
}
