using Mts.Core.Trading;

namespace Mts.Core.Performance;

/// <summary>The longest runs of trades of one kind, in the order in which they were closed.</summary>
/// <param name="Wins">Trades in a row with a gain after costs.</param>
/// <param name="Losses">Trades in a row with a loss; one without gain or loss ends both.</param>
public readonly record struct Streaks(int Wins, int Losses)
{
    public static Streaks Of(IReadOnlyList<Trade> trades)
    {
        var (wins, losses, mostWins, mostLosses) = (0, 0, 0, 0);
        foreach (var trade in trades)
        {
            wins = trade.Pnl > 0 ? wins + 1 : 0;
            losses = trade.Pnl < 0 ? losses + 1 : 0;
            mostWins = Math.Max(mostWins, wins);
            mostLosses = Math.Max(mostLosses, losses);
        }

        return new Streaks(mostWins, mostLosses);
    }
}
