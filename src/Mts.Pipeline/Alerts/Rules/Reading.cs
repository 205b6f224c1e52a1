using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

internal enum Stance
{
    /// <summary>The condition does not hold, by more than the hysteresis.</summary>
    Calm,

    /// <summary>Near the limit: what was so stays so.</summary>
    Between,

    /// <summary>The condition holds.</summary>
    Holds,

    /// <summary>It holds, but has perhaps done so for long: nobody is told, but he is when it ends.</summary>
    HeldBefore,

    /// <summary>Something happened once.</summary>
    Event,
}

/// <summary>What a rule makes of an observation.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Stance">Whether the condition holds.</param>
/// <param name="Seen">The observation.</param>
/// <param name="Value">The figure that was judged.</param>
internal readonly record struct Reading(string Subject, Stance Stance, Observation Seen, double Value)
{
    /// <summary>When the rule came to it; later than the observation where time alone has made it so.</summary>
    public Timestamp Now { get; init; } = Seen.Time;
}

/// <summary>An alert in words and figures.</summary>
/// <param name="Title">One line.</param>
/// <param name="Text">What happened, with the limit.</param>
/// <param name="Figures">The numbers.</param>
internal sealed record Wording(string Title, string Text, params IReadOnlyList<AlertFigure> Figures)
{
    /// <summary>Tells an event from others of its rule and subject, in the same way in every process; null takes the time.</summary>
    public string? EventKey { get; init; }
}
