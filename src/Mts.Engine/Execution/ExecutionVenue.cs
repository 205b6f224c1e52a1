namespace Mts.Engine.Execution;

/// <summary>Where targets meet prices: what is given up, what is entered, and when.</summary>
internal abstract class ExecutionVenue
{
    /// <summary>Bars have opened, and for some of their instruments something waits or may end.</summary>
    /// <param name="instruments">Those whose bars opened.</param>
    /// <param name="cursors">Each at its open bar.</param>
    /// <param name="now">When.</param>
    /// <returns>How many of the instruments are held after the open.</returns>
    public abstract int Trade(ReadOnlySpan<int> instruments, BarCursor[] cursors, long now);
}
