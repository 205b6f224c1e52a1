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
        foreach (var problem in settings.Sources.CoinGecko.Contradictions().Concat(settings.Notifications.Contradictions()).Concat(settings.Spreads.Problems())) yield return problem + ".";
        foreach (var problem in AddressProblems(settings.Sources)) yield return problem;
        foreach (var problem in settings.Realtime.Problems()) yield return problem;
        foreach (var problem in settings.Run.Problems().Concat(settings.Schedule.Problems())) yield return problem;
        foreach (var problem in settings.Cache.Problems()) yield return problem;
        foreach (var problem in settings.Alerts.Problems(NotificationOptions.Channels, RealtimeSettings.KnownVenues)) yield return problem;
        if (RiskProblem(settings) is { } risk) yield return risk;
    }

    private static IEnumerable<string> AddressProblems(SourcesSettings sources)
    {
        (string Name, Uri? Address, bool IsStream)[] all =
        [
            ("binance.spotAddress", sources.Binance.SpotAddress, false), ("binance.usdmAddress", sources.Binance.UsdmAddress, false), ("bybit.baseAddress", sources.Bybit.BaseAddress, false),
            ("coinGecko.baseAddress", sources.CoinGecko.BaseAddress, false), ("fred.baseAddress", sources.Fred.BaseAddress, false),
            ("binance.streamAddress", sources.Binance.StreamAddress, true), ("binance.usdmStreamAddress", sources.Binance.UsdmStreamAddress, true), ("bybit.streamAddress", sources.Bybit.StreamAddress, true),
        ];
        return all.Where(a => a.Address is { } address && (address.Scheme is "ws" or "wss") != a.IsStream)
            .Select(a => $"sources.{a.Name}: '{a.Address}' is not {(a.IsStream ? "a stream's address like wss://host" : "an address like https://host/path")}.");
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
