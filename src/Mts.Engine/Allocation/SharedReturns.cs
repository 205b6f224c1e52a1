using Mts.Core.Ports;

namespace Mts.Engine.Allocation;

/// <summary>Simple returns of several markets over the bars that all of them have.</summary>
internal static class SharedReturns
{
    /// <param name="context">Knows the closed bars.</param>
    /// <param name="instruments">Which; empty gives no rows.</param>
    /// <param name="count">Returns of each, the newest ones.</param>
    /// <returns>Null where there are fewer.</returns>
    public static double[][]? Of(IStrategyContext context, IReadOnlyList<int> instruments, int count)
    {
        var closes = instruments.Select(_ => new double[count + 1]).ToArray();
        if (closes.Length == 0) return closes;
        var at = instruments.Select(i => context.Past(i).Count - 1).ToArray();
        for (var filled = count; filled >= 0; filled--)
        {
            if (!Align(context, instruments, at)) return null;
            for (var k = 0; k < closes.Length; k++) closes[k][filled] = context.Past(instruments[k]).Closes[at[k]--];
        }

        return Array.ConvertAll(closes, c =>
        {
            var returns = new double[count];
            for (var t = 0; t < count; t++) returns[t] = (c[t + 1] / c[t]) - 1;
            return returns;
        });
    }

    // Walks back to the newest bar that all of them have.
    private static bool Align(IStrategyContext context, IReadOnlyList<int> instruments, int[] at)
    {
        while (true)
        {
            var oldest = long.MaxValue;
            for (var k = 0; k < at.Length; k++)
            {
                if (at[k] < 0) return false;
                oldest = Math.Min(oldest, context.Past(instruments[k]).OpenTimes[at[k]]);
            }

            var isShared = true;
            for (var k = 0; k < at.Length; k++)
            {
                while (at[k] >= 0 && context.Past(instruments[k]).OpenTimes[at[k]] > oldest)
                {
                    at[k]--;
                    isShared = false;
                }
            }

            if (isShared) return true;
        }
    }
}
