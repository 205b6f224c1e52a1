namespace Mts.Core.Feeds;

/// <summary>The names of the two kinds of market in commands, settings, files and tables.</summary>
public static class MarketKindText
{
    public const string Spot = "spot";
    public const string Perpetual = "perp";

    public static string ToText(this MarketKind market) => market == MarketKind.Spot ? Spot : Perpetual;
}
