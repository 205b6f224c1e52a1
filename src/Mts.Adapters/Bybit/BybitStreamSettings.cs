using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;

namespace Mts.Adapters.Bybit;

/// <summary>How Bybit's streams are followed.</summary>
public sealed record BybitStreamSettings
{
    private static readonly int[] Depths = [1, 50, 200, 1_000];

    /// <summary>Levels a side of the books: 1, 50, 200 or 1000; the fewer, the more often they come (10, 20, 100, 200 ms).</summary>
    public int BookDepth { get; init; } = 200;

    /// <summary>Whether a number left out between two changes of a book is a gap.</summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>Least time between two messages to the venue, 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:10")]
    public TimeSpan MessageSpacing { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A request or ping that is not answered for so long has failed, 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between pings, 5 s to 1 min; the venue asks for 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:01:00")]
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    internal void ThrowIfWrong(string section)
    {
        var problems = OptionProblems.Of(section, this).ToList();
        if (!Depths.Contains(BookDepth)) problems.Add($"{section}.bookDepth: {BookDepth} is none of {string.Join(", ", Depths)}");
        OptionProblems.ThrowIfAny(problems);
    }
}
