using Mts.Core.Alerts;
using Mts.Core.Market;

namespace Mts.UnitTests.Alerts;

/// <summary>Alerts for tests that do not care where they come from.</summary>
internal static class SampleAlert
{
    public static readonly Timestamp Start = Timestamp.Parse("2026-03-02T12:00:00Z");

    public static Alert At(double second, AlertPhase phase = AlertPhase.Raised, string rule = "btc-high", string subject = "binance BTC/USDT", string? id = null) => new()
    {
        Id = id ?? $"alt_{rule}_{second}_{phase}".Replace('-', '_'),
        Rule = rule,
        Kind = "price",
        Severity = AlertSeverity.Warning,
        Phase = phase,
        Subject = subject,
        Title = "binance BTC/USDT above 100000.00",
        Text = "The price is 100001.50, above 100000.00.",
        Time = Start + TimeSpan.FromSeconds(second),
        Figures = [new("price", 100_001.5), new("limit", 100_000)],
    };
}
