using Mts.Core;
using Mts.Core.Market;
using Mts.Pipeline.Alerts.Rules;

namespace Mts.Pipeline.Alerts;

/// <summary>The kinds of rules, and how the settings become rules.</summary>
public static class AlertRuleCatalog
{
    private static readonly Dictionary<string, Func<RuleHead, Conditions, AlertRule>> Readers = new(StringComparer.Ordinal)
    {
        ["price"] = PriceRule.Read,
        ["change"] = PriceChangeRule.Read,
        ["funding"] = FundingRule.Read,
        ["fundingChange"] = FundingChangeRule.Read,
        ["spread"] = SpreadRule.Read,
        ["opportunity"] = OpportunityRule.Read,
        ["volatility"] = VolatilityRule.Read,
        ["signal"] = SignalRule.Read,
        ["book"] = BookRule.Read,
        ["gap"] = GapRule.Read,
        ["deadLetters"] = DeadLetterRule.Read,
        ["crossedBook"] = CrossedBookRule.Read,
        ["component"] = ComponentRule.Read,
    };

    public static IReadOnlyList<string> Kinds { get; } = [.. Readers.Keys];

    /// <exception cref="ConfigurationException">Names the setting that is wrong.</exception>
    internal static AlertRule Read(string name, AlertRuleOptions options, TimeSpan coolDown)
    {
        if (!Readers.TryGetValue(options.Kind, out var read))
            throw new ConfigurationException($"alerts.rules.{name}.kind: '{options.Kind}' is unknown{NearestNames.Suggest(NearestNames.To(options.Kind, Kinds))}; allowed are {string.Join(", ", Kinds)}.");
        Symbol? symbol = null;
        if (options.Symbol.Length > 0)
            symbol = Symbol.TryParse(options.Symbol, out var parsed) ? parsed : throw new ConfigurationException($"alerts.rules.{name}.symbol: '{options.Symbol}' is not a market; write it like BTC/USDT or BTC/USDT:USDT.");
        var own = options.CoolDown ?? coolDown;
        if (own < TimeSpan.Zero || own > TimeSpan.FromDays(7)) throw new ConfigurationException($"alerts.rules.{name}.coolDown: '{own}' is not allowed; allowed is 0s to 7d.");
        var conditions = new Conditions(name, options.When);
        var rule = read(new RuleHead(name, options.Kind, options.Severity, own, options.Channels, options.Venue is { Length: > 0 } venue ? venue : null, symbol), conditions);
        conditions.Finish();
        return rule;
    }
}
