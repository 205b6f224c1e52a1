namespace Mts.Core.Quality;

/// <summary>What fills a bar of trades.</summary>
/// <remarks>López de Prado, Advances in Financial Machine Learning, 2018, chapter 2.3: a bar ends at the first trade at which the sum since its begin reaches the size; what is over is not carried on.</remarks>
public enum TradeBarKind
{
    /// <summary>A number of trades.</summary>
    Tick,

    /// <summary>An amount of the base asset.</summary>
    Volume,

    /// <summary>An amount of the quote asset, price × quantity ("dollar bars").</summary>
    Value,

    /// <summary>A move of the price by a brick of fixed size; against the last brick it takes two.</summary>
    Renko,
}
