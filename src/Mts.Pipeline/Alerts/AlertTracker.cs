using System.Globalization;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Pipeline.Alerts.Observations;
using Mts.Pipeline.Alerts.Rules;

namespace Mts.Pipeline.Alerts;

/// <summary>An alert that one process would send, with the rule that made it.</summary>
internal sealed record AlertCandidate(Alert Alert, RuleHead Rule);

/// <summary>Runs the rules over observations: what is raised stays so until it is cleared, and nothing is said twice within a cool-down.</summary>
/// <remarks>Pure: the same observations give the same alerts. Not safe for several threads.</remarks>
internal sealed class AlertTracker(IReadOnlyList<AlertRule> rules)
{
    private readonly Dictionary<(string Rule, string Subject), State> states = [];
    private readonly AlertRule[] all = [.. rules];
    private readonly List<Reading> readings = [];

    /// <summary>Events that nobody is told because their rule spoke about the subject a short while ago.</summary>
    public long Suppressed { get; private set; }

    /// <summary>Whether a rule looks at that kind of observation.</summary>
    public bool Wants(Type observation) => Array.Exists(all, r => r.Sees == observation);

    /// <summary>Looks at one observation.</summary>
    /// <param name="seen">The observation.</param>
    /// <param name="into">Takes what is to be told.</param>
    public void See(Observation seen, ICollection<AlertCandidate> into)
    {
        foreach (var rule in all)
        {
            readings.Clear();
            rule.Look(seen, readings);
            foreach (var reading in readings)
            {
                if (Step(rule, reading) is { } phase) into.Add(new AlertCandidate(Make(rule, reading, phase), rule.Head));
            }
        }
    }

    /// <summary>Takes over what was raised before this process began.</summary>
    public void Restore(Alert raised) => states[(raised.Rule, raised.Subject)] = new State { Holds = true, IsTold = true, Quiet = raised.Time };

    /// <summary>Another process spoke about the subject: nothing is told before <paramref name="until"/>, and then only if the condition still holds.</summary>
    public void Defer(Alert refused, Timestamp until)
    {
        var state = StateOf(refused.Rule, refused.Subject);
        (state.IsTold, state.Quiet) = (false, until);
    }

    private AlertPhase? Step(AlertRule rule, in Reading reading)
    {
        var state = StateOf(rule.Head.Name, reading.Subject);
        switch (reading.Stance)
        {
            case Stance.Event:
                if (state.IsQuiet(reading.Now))
                {
                    Suppressed++;
                    return null;
                }

                state.Quiet = reading.Now + rule.Head.CoolDown;
                return AlertPhase.Event;
            case Stance.HeldBefore:
                (state.Holds, state.IsTold) = (true, true);
                return null;
            case Stance.Holds:
                state.Holds = true;
                if (state.IsTold || state.IsQuiet(reading.Now)) return null;
                state.IsTold = true;
                state.Quiet = reading.Now + rule.Head.CoolDown;
                return AlertPhase.Raised;
            case Stance.Calm when state.Holds:
                var wasTold = state.IsTold;
                (state.Holds, state.IsTold) = (false, false);
                return wasTold ? AlertPhase.Cleared : null;
            default:
                return null;
        }
    }

    private State StateOf(string rule, string subject)
    {
        if (states.TryGetValue((rule, subject), out var state)) return state;
        return states[(rule, subject)] = new State();
    }

    private static Alert Make(AlertRule rule, in Reading reading, AlertPhase phase)
    {
        var wording = rule.Describe(reading, phase);
        if (phase == AlertPhase.Event) rule.Told(reading);
        var key = phase == AlertPhase.Event && wording.EventKey is { } own ? own : reading.Now.Micros.ToString(CultureInfo.InvariantCulture);
        return new Alert
        {
            Id = AlertIdentity.Of(rule.Head.Name, reading.Subject, phase, key),
            Rule = rule.Head.Name,
            Kind = rule.Head.Kind,
            Severity = phase == AlertPhase.Cleared ? rule.AllClear : rule.Head.Severity,
            Phase = phase,
            Subject = reading.Subject,
            Title = wording.Title,
            Text = wording.Text,
            Time = reading.Now,
            Figures = wording.Figures,
        };
    }

    private sealed class State
    {
        public bool Holds { get; set; }

        public bool IsTold { get; set; }

        /// <summary>Nothing new is told before.</summary>
        public Timestamp? Quiet { get; set; }

        public bool IsQuiet(Timestamp now) => Quiet is { } until && now < until;
    }
}
