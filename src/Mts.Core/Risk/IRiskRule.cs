namespace Mts.Core.Risk;

/// <summary>One limit.</summary>
internal interface IRiskRule
{
    /// <summary>As in <c>config/risk.json</c>.</summary>
    string Name { get; }

    RuleVerdict Check(RiskCase risk);
}

/// <param name="Size">The size that the rule leaves; 0 refuses.</param>
/// <param name="Why">The figures; null where the rule has nothing against the signal.</param>
internal readonly record struct RuleVerdict(double Size, string? Why)
{
    public bool IsRefused => Why is not null && Size <= 0;

    public static RuleVerdict Pass(RiskCase risk) => new(risk.Size, null);

    public static RuleVerdict Refuse(string why) => new(0, why);

    /// <summary>Cuts the size down to <paramref name="room"/> where it is greater.</summary>
    public static RuleVerdict Cap(RiskCase risk, double room, string limit) => risk.Size <= room
        ? Pass(risk)
        : new(Math.Max(0, room), $"size {Percent(risk.Size)} cut to {Percent(Math.Max(0, room))}: {limit}");

    public static string Percent(double fraction) => $"{100 * fraction:0.##} %";
}
