namespace Mts.Core.Performance;

/// <summary>Draws histories that might have been: blocks of the one that was, of random start and geometric length, joined end to end.</summary>
/// <remarks>Politis and Romano, The Stationary Bootstrap, J. American Statistical Association 89(428), 1994.</remarks>
public sealed class StationaryBootstrap
{
    private readonly int count;
    private readonly double logOfGoingOn;
    private readonly Random random;

    /// <param name="count">Values of the series, at least one.</param>
    /// <param name="blockLength">Mean length, 1 or more; see <see cref="BlockLength"/>.</param>
    /// <param name="seed">The same seed draws the same histories.</param>
    public StationaryBootstrap(int count, double blockLength, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockLength, 1);
        this.count = count;
        logOfGoingOn = Math.Log(1 - (1 / blockLength));
        random = new Random(seed);
    }

    /// <summary>Fills the next history with indices into the series; after its end a block goes on at its start.</summary>
    public void Draw(Span<int> indices)
    {
        for (var i = 0; i < indices.Length;)
        {
            var at = random.Next(count);
            for (var left = Length(); left > 0 && i < indices.Length; left--)
            {
                indices[i++] = at;
                if (++at == count) at = 0;
            }
        }
    }

    // Blocks of one where the mean is one: the logarithm is then −∞, and the quotient 0.
    private double Length() => 1 + Math.Floor(Math.Log(1 - random.NextDouble()) / logOfGoingOn);
}
