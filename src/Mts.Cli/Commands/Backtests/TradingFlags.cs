using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Core.Risk;
using Mts.Engine;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The options that a backtest, a search and a paper session share: the account, what it is charged, and how its orders meet prices.</summary>
internal sealed class TradingFlags
{
    private readonly Option<double?> capital = Flags.Number("--capital", "Quote units at the start, 100000 unless given.", 1, 1e12);
    private readonly Option<double?> feeBps = Flags.Number("--fee-bps", "Fee in 1/10000 of each side's notional, 10 unless given.", 0, 1_000);
    private readonly Option<double?> slippageBps = Flags.Number("--slippage-bps", "Price against each order in 1/10000, 5 unless given; at a live book 0.", 0, 1_000);
    private readonly Option<string?> lot = new("--lot") { Description = "Step of quantities: a number, or `instrument` for the venue's own.", HelpName = "N|instrument" };
    private readonly Option<bool> allowShort = new("--allow-short") { Description = "Spot markets may be sold short." };
    private readonly Option<string?> risk = new("--risk") { Description = "Limits, as in config/risk.json; none unless given.", HelpName = "FILE" };
    private readonly Option<int?> seed = new("--seed") { Description = "For strategies that draw, 0 unless given.", HelpName = "N" };

    public TradingFlags() => lot.Validators.Add(CheckLot);

    /// <summary>What is charged beyond one fee and one slippage.</summary>
    public CostFlags Costs { get; } = new();

    public ExecutionFlags Execution { get; } = new();

    /// <summary>Takes all but those of the data, which each command has its own of.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [capital, feeBps, slippageBps, lot, allowShort, risk, seed];
        foreach (var option in all) command.Add(option);
        Costs.AddTo(command);
        Execution.AddTo(command);
    }

    /// <param name="session">Whose settings say what is usual.</param>
    /// <param name="arguments">As given.</param>
    /// <param name="instruments">Of the run.</param>
    /// <param name="usualSlippageBps">Where none is given; null for that of the settings.</param>
    /// <param name="cancellationToken">Stops asking a venue.</param>
    /// <exception cref="ConfigurationException">A file does not cover an instrument, or its venue does not list it.</exception>
    public async Task<BacktestOptions> OptionsAsync(
        Session session, ParseResult arguments, IReadOnlyList<RunInstrument> instruments, decimal? usualSlippageBps, CancellationToken cancellationToken)
    {
        var settings = session.Settings.Backtest;
        return new BacktestOptions
        {
            Capital = (decimal)(arguments.GetValue(capital) ?? settings.Capital),
            FeeBps = (decimal)(arguments.GetValue(feeBps) ?? settings.FeeBps),
            SlippageBps = (decimal?)arguments.GetValue(slippageBps) ?? usualSlippageBps ?? (decimal)settings.SlippageBps,
            Costs = await Costs.ReadAsync(session, arguments, instruments, cancellationToken),
            Lots = await LotsAsync(session, arguments.GetValue(lot), instruments, cancellationToken),
            Execution = Execution.Of(arguments),
            AllowShort = arguments.GetValue(allowShort),
            Seed = SeedOf(session, arguments),
        };
    }

    /// <summary>Null for none.</summary>
    public RiskOptions? Limits(Session session, ParseResult arguments) => arguments.GetValue(risk) is { } file ? RiskFile.Read(session, file) : null;

    public int SeedOf(Session session, ParseResult arguments) => arguments.GetValue(seed) ?? session.Settings.Backtest.Seed;

    private static async Task<IReadOnlyList<decimal>?> LotsAsync(Session session, string? lot, IReadOnlyList<RunInstrument> instruments, CancellationToken cancellationToken)
    {
        if (lot is null) return null;
        if (decimal.TryParse(lot, NumberStyles.Float, CultureInfo.InvariantCulture, out var step)) return [.. instruments.Select(_ => step)];
        using var sources = new Sources(session);
        var lots = new List<decimal>();
        foreach (var key in instruments.Select(i => i.Key))
        {
            var listed = await sources.Instruments(key.Venue).ListInstrumentsAsync(cancellationToken);
            var known = listed.FirstOrDefault(i => i.Symbol == key.Symbol) ?? throw new ConfigurationException($"{key.Venue} does not list {key.Symbol}; give the lot as a number.");
            lots.Add(known.Lot ?? throw new ConfigurationException($"{known} states no lot; give it as a number."));
        }

        return lots;
    }

    private static void CheckLot(OptionResult result)
    {
        var text = result.Tokens is [.., var last] ? last.Value : "";
        var isStep = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var step) && step >= 0.00000001m;
        if (!isStep && text != "instrument") result.AddError($"--lot: '{text}' is neither a number from 0.00000001 on nor `instrument`.");
    }
}
