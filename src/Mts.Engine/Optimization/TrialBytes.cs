using Mts.Core.Performance;
using Mts.Engine.Optimization.Validating;

namespace Mts.Engine.Optimization;

/// <summary>A trial as bytes, and back to the last bit; in the machine's own order, for the machine that goes on with the search.</summary>
internal static class TrialBytes
{
    public static byte[] Write(Trial trial)
    {
        using var stream = new MemoryStream(64 + (16 * BlockSums.MostBlocks));
        using var w = new BinaryWriter(stream);
        w.Write(trial.Score.HasValue);
        w.Write(trial.Score ?? 0);
        w.Write(trial.Violation);
        w.Write(trial.Shape.HasValue);
        if (trial.Shape is var (count, sharpe, skew, kurtosis))
        {
            w.Write(count);
            w.Write(sharpe);
            w.Write(skew);
            w.Write(kurtosis);
        }

        w.Write(trial.Blocks is not null);
        trial.Blocks?.Write(w);
        w.Write(trial.Days is not null);
        if (trial.Days is { } days) Write(w, days);
        w.Flush();
        return stream.ToArray();
    }

    public static Trial Read(long combination, byte[] bytes)
    {
        using var r = new BinaryReader(new MemoryStream(bytes));
        var hasScore = r.ReadBoolean();
        var (score, violation) = (r.ReadDouble(), r.ReadDouble());
        ReturnShape? shape = r.ReadBoolean() ? new ReturnShape(r.ReadInt32(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble()) : null;
        var blocks = r.ReadBoolean() ? BlockSums.Read(r) : null;
        return new Trial(combination, hasScore ? score : null, violation, shape, blocks) { Days = r.ReadBoolean() ? ReadDays(r) : null };
    }

    private static void Write(BinaryWriter w, DayRun days)
    {
        w.Write(days.Trades);
        w.Write(days.HorizonDays);
        w.Write(days.Returns.Length);
        foreach (var value in days.Returns) w.Write(value);
    }

    private static DayRun ReadDays(BinaryReader r)
    {
        var (trades, horizon) = (r.ReadInt32(), r.ReadDouble());
        var returns = new double[r.ReadInt32()];
        for (var i = 0; i < returns.Length; i++) returns[i] = r.ReadDouble();
        return new DayRun(returns, trades, horizon);
    }
}
