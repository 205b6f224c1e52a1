using System.Globalization;
using Mts.Core;

namespace Mts.Engine.Execution.Queues;

/// <summary>Where an order stands to those who cancel: a book tells how much is left at a price, and not whose orders have gone.</summary>
/// <remarks>Rigtorp, "Estimating Order Queue Position", 2013; the probabilities are those of hftbacktest's queue models. See docs/decisions/queue-models.md.</remarks>
public abstract record QueueModel
{
    public const string Allowed = "risk-averse, log, power:N with N from 1 to 10";

    private const int HighestPower = 10;

    /// <summary>As it is typed.</summary>
    public abstract string Name { get; }

    /// <summary>The one that promises least.</summary>
    public static QueueModel RiskAverse { get; } = new RiskAverseQueue();

    public static QueueModel Logarithmic { get; } = new LogQueue();

    /// <exception cref="ConfigurationException">The power is not from 1 to 10.</exception>
    public static QueueModel Power(int power) => power is >= 1 and <= HighestPower ? new PowerQueue(power) : throw Unknown(FormattableString.Invariant($"power:{power}"));

    /// <exception cref="ConfigurationException">There is no such model; the message lists those there are.</exception>
    public static QueueModel Parse(string text)
    {
        if (text == RiskAverse.Name) return RiskAverse;
        if (text == Logarithmic.Name) return Logarithmic;
        return text.StartsWith("power:", StringComparison.Ordinal) && int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var power)
            ? Power(power)
            : throw Unknown(text);
    }

    /// <summary>How much of what was cancelled stood ahead of the order; 10⁻⁸ base units, rounded down.</summary>
    /// <param name="cancelled">Above 0, at most ahead + behind.</param>
    /// <param name="ahead">Of the order.</param>
    /// <param name="behind">Of the order.</param>
    internal long Ahead(long cancelled, long ahead, long behind)
    {
        // No more than there was can have gone, on either side.
        var least = Math.Max(0, cancelled - behind);
        return Math.Max(least, Math.Min(Math.Min(cancelled, ahead), Guess(cancelled, ahead, behind)));
    }

    protected abstract long Guess(long cancelled, long ahead, long behind);

    private static ConfigurationException Unknown(string text) => new($"'{text}' is no queue model; allowed are {Allowed}.");
}
