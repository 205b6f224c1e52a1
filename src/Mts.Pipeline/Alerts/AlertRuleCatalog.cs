using Mts.Core;
using Mts.Core.Market;
using Mts.Pipeline.Alerts.Rules;

namespace Mts.Pipeline.Alerts;

/// <summary>The kinds of rules, and how the settings become rules.</summary>
public static class AlertRuleCatalog
{
    private const Narrowing Market = Narrowing.Venue | Narrowing.Symbol;

    private static readonly Dictionary<string, (Narrowing By, Func<RuleHead, Conditions, AlertRule> Read)> Readers = new(StringComparer.Ordinal)
    {
        ["price"] = (Market, PriceRule.Read),
        ["change"] = (Market, PriceChangeRule.Read),
        ["funding"] = (Market, FundingRule.Read),
        ["fundingChange"] = (Market, FundingChangeRule.Read),
        ["spread"] = (Market, SpreadRule.Read),
        ["opportunity"] = (Market, OpportunityRule.Read),
        ["volatility"] = (Market, VolatilityRule.Read),
        ["signal"] = (Narrowing.None, SignalRule.Read),
        ["book"] = (Market, BookRule.Read),
        ["gap"] = (Market, GapRule.Read),
        ["deadLetters"] = (Market, DeadLetterRule.Read),
        ["crossedBook"] = (Market, CrossedBookRule.Read),
        ["component"] = (Narrowing.None, ComponentRule.Read),
    };

    public static IReadOnlyList<string> Kinds { get; } = [.. Readers.Keys];

    [Flags]
    private enum Narrowing
    {
        None = 0,
        Venue = 1,
        Symbol = 2,
    }

    /// <param name="name">Of the rule.</param>
    /// <param name="options">What the settings say.</param>
    /// <param name="coolDown">Where the rule has none of its own.</param>
    /// <param name="assets">The names of assets; null where they do not matter.</param>
    /// <exception cref="ConfigurationException">Names the setting that is wrong.</exception>
    internal static AlertRule Read(string name, AlertRuleOptions options, TimeSpan coolDown, AssetCatalog? assets = null)
    {
        if (!Readers.TryGetValue(options.Kind, out var reader))
            throw new ConfigurationException($"alerts.rules.{name}.kind: '{options.Kind}' is unknown{NearestNames.Suggest(NearestNames.To(options.Kind, Kinds))}; allowed are {string.Join(", ", Kinds)}.");
        if (options.Venue.Length > 0 && !reader.By.HasFlag(Narrowing.Venue)) throw Unused(name, "venue", options.Kind);
        if (options.Symbol.Length > 0 && !reader.By.HasFlag(Narrowing.Symbol)) throw Unused(name, "symbol", options.Kind);
        Symbol? symbol = null;
        if (options.Symbol.Length > 0)
            symbol = Symbol.TryParse(options.Symbol, out var parsed) ? parsed : throw new ConfigurationException($"alerts.rules.{name}.symbol: '{options.Symbol}' is not a market; write it like BTC/USDT or BTC/USDT:USDT.");
        var own = options.CoolDown ?? coolDown;
        if (own < TimeSpan.Zero || own > TimeSpan.FromDays(7)) throw new ConfigurationException($"alerts.rules.{name}.coolDown: '{own}' is not allowed; allowed is 0s to 7d.");
        var conditions = new Conditions(name, options.When, assets);
        var rule = reader.Read(new RuleHead(name, options.Kind, options.Severity, own, options.Channels, options.Venue is { Length: > 0 } venue ? venue.ToLowerInvariant() : null, symbol), conditions);
        conditions.Finish();
        return rule;
    }

    private static ConfigurationException Unused(string name, string setting, string kind) =>
        new($"alerts.rules.{name}.{setting}: a rule of the kind {kind} goes by no {setting}; take it out{(kind == "signal" ? ", or write when.asset" : "")}.");
}
