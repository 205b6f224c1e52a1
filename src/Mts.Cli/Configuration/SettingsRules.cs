using Mts.Adapters.Notifications;
using Mts.Core.Risk;

namespace Mts.Cli.Configuration;

/// <summary>What single ranges cannot say: rules between settings, and those of the parts that own them.</summary>
internal static class SettingsRules
{
    private static readonly string[] Sources = ["binance", "bybit", "coingecko"];

    public static IEnumerable<string> Problems(Settings settings)
    {
        foreach (var name in settings.Sources.Order.Where(n => !Sources.Contains(n, StringComparer.Ordinal)))
            yield return $"sources.order: '{name}' is unknown{NearestNames.Suggest(NearestNames.To(name, Sources))}; allowed are {string.Join(", ", Sources)}.";
        foreach (var problem in settings.Http.Problems().Concat(settings.Sources.CoinGecko.Problems()).Concat(settings.Sources.Fred.Problems())) yield return problem + ".";
        foreach (var problem in settings.Realtime.Problems()) yield return problem;
        foreach (var problem in settings.Cache.Problems()) yield return problem;
        foreach (var problem in settings.Alerts.Problems(NotificationOptions.Channels)) yield return problem;
        foreach (var problem in settings.Notifications.Problems()) yield return problem + ".";
        if (RiskProblem(settings) is { } risk) yield return risk;
    }

    private static string? RiskProblem(Settings settings)
    {
        try
        {
            _ = RiskOptions.From(settings.Risk);
            return null;
        }
        catch (ConfigurationException wrong)
        {
            return wrong.Message;
        }
    }
}
