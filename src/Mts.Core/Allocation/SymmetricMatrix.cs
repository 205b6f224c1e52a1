namespace Mts.Core.Allocation;

/// <summary>A square matrix that equals its transpose: covariances.</summary>
/// <param name="size">Rows and columns.</param>
public sealed class SymmetricMatrix(int size)
{
    private readonly double[] values = new double[size * size];

    public int Size { get; } = size;

    public double this[int row, int column]
    {
        get => values[(row * Size) + column];
        set => values[(row * Size) + column] = values[(column * Size) + row] = value;
    }

    /// <summary>w′Mw: the variance of a portfolio where this is the covariance of its parts.</summary>
    public double Variance(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < Size; i++) sum += weights[i] * Row(i, weights);
        return sum;
    }

    /// <summary>One element of Mw.</summary>
    public double Row(int row, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var j = 0; j < Size; j++) sum += this[row, j] * weights[j];
        return sum;
    }

    /// <summary>The correlation that belongs to a covariance; null where one of the two does not vary.</summary>
    public double? Correlation(int row, int column) =>
        this[row, row] > 0 && this[column, column] > 0 ? this[row, column] / Math.Sqrt(this[row, row] * this[column, column]) : null;
}
