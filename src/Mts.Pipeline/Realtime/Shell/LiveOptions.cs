namespace Mts.Pipeline.Realtime.Shell;

/// <summary>Bounds of a live session.</summary>
public sealed record LiveOptions
{
    /// <summary>Frames of one connection that are handled before others get their turn.</summary>
    public int FramesPerTurn { get; init; } = 64;

    /// <summary>Requests under way at once for one feed; more are answered as failed.</summary>
    public int MaxFetches { get; init; } = 256;

    /// <summary>How long the end of a session waits for connections to close in due form.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
