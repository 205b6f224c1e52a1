using System.Text.Json;
using Mts.Core.Books;
using Mts.Core.Feeds;

namespace Mts.Adapters.Wire;

/// <content>Numbers of an instrument, exact in its scale.</content>
internal ref partial struct FrameView
{
    /// <summary>Sets the unit in which the numbers that follow are read.</summary>
    public void Use(NumberScale unit) => scale = unit;

    /// <summary>
    /// Whether to read the instrument's numbers again from the start: the first time they do not fit it measures them all, the second time it has
    /// asked the sink for a unit in which they do.
    /// </summary>
    public bool ReadsAgain(IMarketSink sink, int instrument)
    {
        if (!IsUnfit || Problem is not null) return false;
        IsUnfit = false;
        if (!measures)
        {
            measures = true;
            (leastPrice, mostPrice, leastSize, mostSize) = (0, NumberScale.MostDecimals, 0, NumberScale.MostDecimals);
            return true;
        }

        measures = false;
        var price = Between(scale.PriceDecimals, leastPrice, mostPrice);
        var size = Between(scale.SizeDecimals, leastSize, mostSize);
        if (price is { } p && size is { } s && sink.TryRescale(instrument, new NumberScale(p, s)) && sink.ScaleOf(instrument) == new NumberScale(p, s)) return true;
        Fail(FrameProblem.DoesNotFit);
        return false;
    }

    /// <summary>Above zero.</summary>
    public long Price(int node)
    {
        var number = Decimal(node);
        if (number.Digits == 0 || number.IsNegative) Fail(FrameProblem.OutOfRange);
        if (measures) (leastPrice, mostPrice) = (Math.Max(leastPrice, number.LeastDecimals), Math.Min(mostPrice, number.MostDecimals));
        return Units(number, scale.PriceDecimals);
    }

    /// <summary>Zero or above.</summary>
    public long Size(int node)
    {
        var number = Decimal(node);
        if (number.IsNegative) Fail(FrameProblem.OutOfRange);
        if (measures) (leastSize, mostSize) = (Math.Max(leastSize, number.LeastDecimals), Math.Min(mostSize, number.MostDecimals));
        return Units(number, scale.SizeDecimals);
    }

    /// <summary>Above zero.</summary>
    public long TradedSize(int node)
    {
        var size = Size(node);
        if (size == 0 && !IsUnfit) Fail(FrameProblem.OutOfRange);
        return size;
    }

    /// <summary>A best price with its size; a price of zero may stand where nothing is offered.</summary>
    public LevelChange Best(int price, int size)
    {
        var offered = Size(size);
        if (offered == 0 && !IsUnfit && Decimal(price) is { Digits: 0 }) return new LevelChange(0, 0);
        return new LevelChange(Price(price), offered);
    }

    /// <summary>Pairs of price and size; a venue may append columns.</summary>
    public ReadOnlySpan<LevelChange> Levels(int node, ref LevelChange[] target)
    {
        if (TypeOf(node) != JsonTokenType.StartArray)
        {
            Fail(node < 0 ? FrameProblem.Missing : FrameProblem.NoList);
            return default;
        }

        var count = 0;
        var end = EndOf(node);
        for (var level = node + 1; level < end && Problem is null; level = EndOf(level))
        {
            if (count == target.Length) Array.Resize(ref target, count * 2);
            target[count++] = Level(level);
        }

        return target.AsSpan(0, count);
    }

    private LevelChange Level(int node)
    {
        var (price, size) = (node + 1, node + 2);
        if (TypeOf(node) == JsonTokenType.StartArray && EndOf(node) > size && EndOf(price) == size) return new LevelChange(Price(price), Size(size));
        Fail(FrameProblem.WrongType);
        return default;
    }

    private DecimalText Decimal(int node)
    {
        if (DecimalText.TryRead(Text(node), out var number)) return number;
        Fail(FrameProblem.NotANumber);
        return default;
    }

    private long Units(DecimalText number, int decimals)
    {
        if (number.ToUnits(decimals) is { } units) return units;
        IsUnfit = true;
        return 0;
    }

    // Some room stays above where the numbers are too large for the present unit, so that the next larger one does not ask again.
    private static int? Between(int present, int least, int most) => least > most ? null : present < least ? least : present > most ? Math.Max(least, most - 1) : present;
}
