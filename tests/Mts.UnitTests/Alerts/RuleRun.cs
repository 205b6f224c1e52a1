using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Pipeline.Alerts;
using Mts.Pipeline.Alerts.Observations;
using Mts.UnitTests.Storage;

namespace Mts.UnitTests.Alerts;

/// <summary>One rule over observations, with what it says as short lines: seconds, phase, title.</summary>
internal sealed class RuleRun
{
    public static readonly Symbol Btc = new("BTC", "USDT");
    public static readonly Timestamp Start = Timestamp.Parse("2026-03-02T12:00:00Z");

    private readonly List<AlertCandidate> said = [];

    public RuleRun(string kind, string when, TimeSpan? coolDown = null, Action<Dictionary<string, string>>? more = null)
    {
        var conditions = when.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split('=')).ToDictionary(w => w[0], w => w[1], StringComparer.Ordinal);
        more?.Invoke(conditions);
        Tracker = new AlertTracker([AlertRuleCatalog.Read("r", new AlertRuleOptions { Kind = kind, When = conditions }, coolDown ?? TimeSpan.Zero, StoreSamples.Assets)]);
    }

    public AlertTracker Tracker { get; }

    public IReadOnlyList<Alert> Alerts => [.. said.Select(s => s.Alert)];

    public IEnumerable<string> Lines => Alerts.Select(a => $"{(a.Time - Start).TotalSeconds} {a.Phase} {a.Title}");

    public static Timestamp At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    public RuleRun See(params IReadOnlyList<Observation> seen)
    {
        foreach (var one in seen) Tracker.See(one, said);
        return this;
    }

    public RuleRun Prices(params IReadOnlyList<(double Second, double Price)> prices) =>
        See([.. prices.Select(p => new PriceSeen("binance", Btc, p.Price, At(p.Second)))]);
}
