using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Pipeline.Alerts.Rules;

/// <summary>One rule of the settings: looks at observations in order, knows no clock and does no I/O.</summary>
internal abstract class AlertRule(RuleHead head)
{
    private readonly Dictionary<(string, Symbol), string> subjects = [];

    public RuleHead Head => head;

    /// <summary>How much it matters that the condition holds no longer.</summary>
    public virtual AlertSeverity AllClear => AlertSeverity.Info;

    /// <summary>The kind of observation that it looks at, beside the passing of time.</summary>
    public abstract Type Sees { get; }

    /// <summary>The asset that it looks at, by id; null for all.</summary>
    public virtual string? Asset => null;

    /// <summary>Adds a reading for each subject about which the observation says something.</summary>
    public abstract void Look(Observation seen, List<Reading> into);

    /// <summary>Puts a reading into words, once somebody is to be told.</summary>
    public abstract Wording Describe(in Reading reading, AlertPhase phase);

    /// <summary>Called for an event that is told: what comes next is measured from it.</summary>
    public virtual void Told(in Reading reading)
    {
    }

    protected bool Concerns(MarketSeen seen) => Concerns(seen.Venue, seen.Symbol);

    /// <summary>Whether a market is one of those that it looks at.</summary>
    public bool Concerns(string venue, Symbol? symbol) => (head.Venue is null || head.Venue == venue) && (head.Symbol is null || head.Symbol == symbol);

    protected string SubjectOf(MarketSeen seen)
    {
        if (subjects.TryGetValue((seen.Venue, seen.Symbol), out var known)) return known;
        return subjects[(seen.Venue, seen.Symbol)] = $"{seen.Venue} {seen.Symbol}";
    }
}

/// <summary>A rule about one figure of each market, or of each pair of venues.</summary>
internal abstract class LevelRule<T>(RuleHead head, Limit limit) : AlertRule(head)
    where T : Observation
{
    public override Type Sees => typeof(T);

    protected Limit Limit => limit;

    public override void Look(Observation seen, List<Reading> into)
    {
        if (seen is not T mine || (seen is MarketSeen market && !Concerns(market))) return;
        var value = ValueOf(mine);
        into.Add(new Reading(Subject(mine), value is { } v ? limit.Judge(v) : Stance.Calm, seen, value ?? double.NaN));
    }

    /// <returns>Null where what was seen before is over.</returns>
    protected abstract double? ValueOf(T seen);

    protected virtual string Subject(T seen) => SubjectOf((MarketSeen)(Observation)seen);
}
