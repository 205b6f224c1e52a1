using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;

namespace Mts.Adapters.Binance;

/// <summary>How Binance's streams are followed.</summary>
public sealed record BinanceStreamSettings
{
    /// <summary>Time between changes of a book: 100 or 1000 ms for spot; 100, 250 or 500 ms for perpetuals.</summary>
    public TimeSpan DepthSpeed { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Least time between two messages to the venue, 100 ms to 10 s; it ends a connection that sends 5 a second (perpetuals: 10), pongs counted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan MessageSpacing { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A request that is not answered for so long is refused, 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    internal void ThrowIfWrong(string section, params ReadOnlySpan<int> speeds)
    {
        var problems = OptionProblems.Of(section, this).ToList();
        if (!speeds.Contains((int)DepthSpeed.TotalMilliseconds)) problems.Add($"{section}.depthSpeed: {DepthSpeed} is none of {string.Join(", ", speeds.ToArray())} milliseconds");
        OptionProblems.ThrowIfAny(problems);
    }
}
