using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Core.Features;

/// <summary>One figure of an instrument, brought forward bar by bar.</summary>
internal interface IFeature
{
    /// <param name="bar">The one that has just closed.</param>
    /// <param name="context">What is known now.</param>
    /// <returns>Null where it is undefined, or not known yet.</returns>
    double? Next(in Bar bar, IStrategyContext context);
}
