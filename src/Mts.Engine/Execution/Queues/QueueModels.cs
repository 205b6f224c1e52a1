using System.Numerics;
using Mts.Core.Trading;

namespace Mts.Engine.Execution.Queues;

/// <summary>All who cancel stood behind the order, as long as there are any.</summary>
internal sealed record RiskAverseQueue : QueueModel
{
    public override string Name => "risk-averse";

    protected override long Guess(long cancelled, long ahead, long behind) => 0;
}

/// <summary>Of a cancellation aheadⁿ / (aheadⁿ + behindⁿ) stood ahead: with n = 1 in proportion, above it the larger part had more than its share. Exact.</summary>
internal sealed record PowerQueue(int Exponent) : QueueModel
{
    public override string Name => FormattableString.Invariant($"power:{Exponent}");

    protected override long Guess(long cancelled, long ahead, long behind)
    {
        if (ahead == 0) return 0;
        var (front, back) = (BigInteger.Pow(ahead, Exponent), BigInteger.Pow(behind, Exponent));
        return (long)(cancelled * front / (front + back));
    }
}

/// <summary>Of a cancellation ln(1 + ahead) / (ln(1 + ahead) + ln(1 + behind)) stood ahead, in base units: another unit gives another answer.</summary>
internal sealed record LogQueue : QueueModel
{
    public override string Name => "log";

    protected override long Guess(long cancelled, long ahead, long behind)
    {
        if (ahead == 0) return 0;
        var (front, back) = (Weight(ahead), Weight(behind));
        return (long)Scaled.Fraction(cancelled, front / (front + back));
    }

    private static double Weight(long quantity) => Math.Log(1 + Scaled.ToDouble(quantity));
}
