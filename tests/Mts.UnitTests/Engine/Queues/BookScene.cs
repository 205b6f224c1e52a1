using Mts.Core.Books;
using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Trading;
using Mts.Engine;
using Mts.Engine.Execution.Queues;

namespace Mts.UnitTests.Engine.Queues;

/// <summary>A recorded book written by hand, in seconds after the decision; bars of a minute, the decision at the close of the first.</summary>
internal sealed class BookScene
{
    private readonly List<TapeEvent> events = [];
    private long time = Decision;

    public static long Decision { get; } = Runs.Start.Micros + Interval.Minute.Micros;

    /// <summary>A book that is right before the decision.</summary>
    public static BookScene With(params (decimal Bid, decimal Size)[] bids) => new BookScene().At(-10).Bids(bids).Ask(101, 10).Done();

    public BookScene At(double seconds)
    {
        time = Decision + (long)(seconds * Timestamp.MicrosPerSecond);
        return this;
    }

    public BookScene Bids(params (decimal Price, decimal Size)[] levels) => levels.Aggregate(this, (scene, l) => scene.Bid(l.Price, l.Size));

    public BookScene Bid(decimal price, decimal size) => Add(TapeKind.Bid, price, size);

    public BookScene Ask(decimal price, decimal size) => Add(TapeKind.Ask, price, size);

    /// <summary>A change of the book is complete.</summary>
    public BookScene Done() => Add(TapeKind.Changed, 0, 0);

    public BookScene Lost() => Add(TapeKind.Lost, 0, 0);

    public BookScene BidsKnownTo(decimal price) => Add(TapeKind.BidsKnownTo, price, 0);

    public BookScene Sold(decimal price, decimal size) => Add(TapeKind.Sold, price, size);

    public BookScene Bought(decimal price, decimal size) => Add(TapeKind.Bought, price, size);

    public BacktestResult Run(IStrategy strategy, QueueModel? model = null, Func<BacktestOptions, BacktestOptions>? more = null, int minutes = 5) =>
        Runs.Run(strategy, Options(model, more), Inputs(minutes));

    /// <summary>The fills, each as <c>second: side quantity @ price how ahead</c>.</summary>
    public string[] Fills(OrderScript script, QueueModel? model = null, Func<BacktestOptions, BacktestOptions>? more = null) => [.. Run(script, model, more).Book!.Fills.Select(Text)];

    public static string Text(BookFill f) => FormattableString.Invariant(
        $"{(f.Time.Micros - Decision) / 1e6:0.###}: {(f.Side == Side.Buy ? "buy" : "sell")} {f.Quantity:0.########} @ {f.Price:0.####} {f.How.ToString().ToLowerInvariant()}{(f.Ahead is { } a ? FormattableString.Invariant($" {a:0.########}") : "")}");

    public BookTape Tape() => new([.. events]);

    public static BacktestOptions Options(QueueModel? model, Func<BacktestOptions, BacktestOptions>? more = null)
    {
        var options = Runs.Free with { Execution = new ExecutionOptions { Queue = model ?? QueueModel.RiskAverse } };
        return more?.Invoke(options) ?? options;
    }

    private BacktestInputs Inputs(int minutes)
    {
        var inputs = Runs.Inputs(Runs.Bars("BTC/USDT", Interval.Minute, [.. Enumerable.Repeat((100.0, 101.0, 99.0, 100.0), minutes)]));
        return inputs with { Instruments = [.. inputs.Instruments.Select(i => i with { Tape = Tape() })] };
    }

    private BookScene Add(TapeKind kind, decimal price, decimal size)
    {
        events.Add(new TapeEvent(time, kind, (long)Scaled.Amount(price), (long)Scaled.Amount(size)));
        return this;
    }
}
