using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Storage.Sqlite;
using Mts.UnitTests.Adapters;

namespace Mts.UnitTests.Pipeline;

/// <summary>A real store in a folder of its own, and a clock that stands at 2024-06-01T12:00Z.</summary>
public abstract class PipelineFixture : IDisposable
{
    protected static readonly Symbol Btc = new("BTC", "USDT");
    protected static readonly SeriesKey Key = new("binance", Btc, Interval.Day);
    protected static readonly Timestamp First = Timestamp.Parse("2024-01-01");
    private readonly string folder = Directory.CreateTempSubdirectory("mts-pipeline-").FullName;

    protected PipelineFixture() => Store = SqliteStore.OpenWriter(folder, Clock);

    private protected ManualTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2024-06-01T12:00:00Z"));

    protected IMarketStore Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static Timestamp Day(int index) => new(First.Micros + (index * Interval.Day.Micros));

    /// <summary>A gentle walk without randomness: the closes of two bars never agree by accident.</summary>
    protected static List<Bar> Days(int count, double level = 100) =>
        [.. Enumerable.Range(0, count).Select(i => new Bar(Day(i), level + i, level + i + 2, level + i - 1, level + i + 1, 10 + i))];

    protected long Stored => Store.ReadBars(Key, Timestamp.MinValue, Timestamp.MaxValue).Length;
}
