using System.Runtime.InteropServices;
using Mts.Core.Market;
using Mts.Storage.Files.Columns;
using Mts.Storage.Sqlite;

namespace Mts.UnitTests.Storage;

public sealed class ColumnFileTests : IDisposable
{
    private const int Rows = 40_000;
    private static readonly SeriesKey Key = new("binance", new Symbol("BTC", "USDT"), Interval.Minute);
    private static readonly byte[] Stamp = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gives_back_every_range_bit_by_bit(bool hasVolume)
    {
        var (series, random) = (Series(Rows, hasVolume), new Random(5));
        ColumnFile.Write(folder.File("a.bars"), series, Stamp);
        Same(ColumnFile.TryRead(folder.File("a.bars"), Key, Stamp, Timestamp.MinValue, Timestamp.MaxValue), series);
        for (var i = 0; i < 60; i++)
        {
            var (from, until) = (Any(), Any());
            Same(ColumnFile.TryRead(folder.File("a.bars"), Key, Stamp, from, until), series.Slice(from, until));
        }

        Timestamp Any() => new(series.OpenTimes[0] + random.NextInt64(-10, Rows + 10) * Interval.Minute.Micros + random.Next(-1, 2));
    }

    [Fact]
    public void A_file_with_a_wrong_bit_or_a_missing_end_is_no_file()
    {
        var series = Series(17_000);
        var path = folder.File("a.bars");
        ColumnFile.Write(path, series, Stamp);
        var good = File.ReadAllBytes(path);
        var random = new Random(3);
        var header = (int)ColumnHeader.LengthOf(Key.ToString().Length, series.Length);
        for (var i = 0; i < 150; i++)
        {
            var bad = (byte[])good.Clone();
            var at = i % 2 == 0 ? random.Next(100) : random.Next(header, bad.Length);
            bad[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bad);
            Read().ShouldBeNull($"bit at {at}");
        }

        foreach (var length in (int[])[0, 5, 60, header, good.Length - 8, good.Length - 1])
        {
            File.WriteAllBytes(path, good[..length]);
            Read().ShouldBeNull($"{length} bytes");
        }

        File.WriteAllBytes(path, good);
        Same(Read(), series);

        BarSeries? Read() => ColumnFile.TryRead(path, Key, Stamp, Timestamp.MinValue, Timestamp.MaxValue);
    }

    [Fact]
    public void A_file_of_another_series_or_state_is_no_file()
    {
        var path = folder.File("a.bars");
        ColumnFile.Write(path, Series(20), Stamp);
        ColumnFile.TryRead(path, Key with { Interval = Interval.Hour }, Stamp, Timestamp.MinValue, Timestamp.MaxValue).ShouldBeNull();
        ColumnFile.TryRead(path, Key, new byte[32], Timestamp.MinValue, Timestamp.MaxValue).ShouldBeNull();
        ColumnFile.TryRead(folder.File("b.bars"), Key, Stamp, Timestamp.MinValue, Timestamp.MaxValue).ShouldBeNull();
    }

    [Fact]
    public void The_store_reads_from_it_and_never_what_has_been_replaced()
    {
        var bars = Bars(Rows);
        using (var writer = Writer())
        {
            writer.WriteBars(Key, true, bars, StoreSamples.From("binance"));
            Same(writer.ReadColumns(Key, Timestamp.MinValue, Timestamp.MaxValue), BarSeries.From(Key, true, bars));
            var file = Directory.GetFiles(folder.File("columns")).ShouldHaveSingleItem();
            var made = File.GetLastWriteTimeUtc(file);
            Same(writer.ReadColumns(Key, Timestamp.MinValue, Timestamp.MaxValue), BarSeries.From(Key, true, bars));
            File.GetLastWriteTimeUtc(file).ShouldBe(made);

            bars[30_000] = bars[30_000] with { Close = 7.25 };
            writer.WriteBars(Key, true, bars.AsSpan(30_000, 1), StoreSamples.From("binance", 401));
            Same(writer.ReadColumns(Key, Timestamp.MinValue, Timestamp.MaxValue), BarSeries.From(Key, true, bars));
        }

        using var reader = SqliteStore.OpenReader(folder.Path);
        var from = bars[29_999].OpenTime;
        Same(reader.ReadColumns(Key, from, Timestamp.MaxValue), BarSeries.From(Key, true, bars[29_999..]));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_read_all_the_same()
    {
        using var writer = Writer();
        writer.WriteBars(Key, true, Bars(Rows), StoreSamples.From("binance"));
        File.WriteAllText(folder.File("columns"), "in the way");
        Same(writer.ReadColumns(Key, Timestamp.MinValue, Timestamp.MaxValue), Series(Rows));
    }

    [Fact]
    public async Task Readers_beside_a_writer_see_one_state_each()
    {
        const int Versions = 4;
        using (var writer = Writer()) writer.WriteBars(Key, true, Version(0), StoreSamples.From("binance"));
        var cancellationToken = TestContext.Current.CancellationToken;
        var isDone = false;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(
            () =>
            {
                var (last, reads) = (0.0, 0);
                using var store = SqliteStore.OpenReader(folder.Path);
                while (!Volatile.Read(ref isDone) || reads == 0)
                {
                    var closes = store.ReadColumns(Key, Timestamp.MinValue, Timestamp.MaxValue).Closes;
                    closes.ContainsAnyExcept(closes[0]).ShouldBeFalse();
                    closes[0].ShouldBeGreaterThanOrEqualTo(last);
                    (last, reads) = (closes[0], reads + 1);
                }
            },
            cancellationToken)).ToArray();
        using (var writer = Writer())
        {
            for (var v = 1; v < Versions; v++) writer.WriteBars(Key, true, Version(v), StoreSamples.From("binance", 400 + v));
        }

        Volatile.Write(ref isDone, true);
        await Task.WhenAll(readers);
        using var after = SqliteStore.OpenReader(folder.Path);
        after.ReadColumns(Key, Timestamp.MinValue, Timestamp.MaxValue).Closes[0].ShouldBe(100 + Versions - 1);

        static Bar[] Version(int v) => [.. Enumerable.Range(0, 20_000).Select(i => new Bar(new Timestamp(i * Interval.Minute.Micros), 99, 200, 98, 100 + v, 1))];
    }

    private SqliteStore Writer() => SqliteStore.OpenWriter(folder.Path, TimeProvider.System);

    private static Bar[] Bars(int rows)
    {
        var series = Series(rows);
        return [.. Enumerable.Range(0, rows).Select(i => series[i])];
    }

    private static BarSeries Series(int rows, bool hasVolume = true)
    {
        var random = new Random(8);
        var builder = new BarSeriesBuilder(rows);
        for (var i = 0; i < rows; i++)
        {
            var open = 1 + (random.NextDouble() * 50_000);
            builder.Add(StoreSamples.Day(0).Micros + (i * Interval.Minute.Micros), open, open * 1.01, open * 0.99, open * (0.99 + (random.NextDouble() * 0.02)), hasVolume ? random.NextDouble() : double.NaN);
        }

        return builder.Build(Key, hasVolume);
    }

    private static void Same(BarSeries? read, BarSeries expected)
    {
        read.ShouldNotBeNull();
        (read.Key, read.HasVolume, read.Length).ShouldBe((expected.Key, expected.HasVolume, expected.Length));
        read.OpenTimes.SequenceEqual(expected.OpenTimes).ShouldBeTrue();
        Bits(read.Opens).SequenceEqual(Bits(expected.Opens)).ShouldBeTrue();
        Bits(read.Highs).SequenceEqual(Bits(expected.Highs)).ShouldBeTrue();
        Bits(read.Lows).SequenceEqual(Bits(expected.Lows)).ShouldBeTrue();
        Bits(read.Closes).SequenceEqual(Bits(expected.Closes)).ShouldBeTrue();
        Bits(read.Volumes).SequenceEqual(Bits(expected.Volumes)).ShouldBeTrue();

        static ReadOnlySpan<long> Bits(ReadOnlySpan<double> column) => MemoryMarshal.Cast<double, long>(column);
    }
}
